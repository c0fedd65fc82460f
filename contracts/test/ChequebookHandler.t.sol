// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChequebook} from "../IChequebook.sol";
import {Cheats} from "./Cheats.t.sol";
import {FaultyToken} from "./FaultyToken.sol";

/// @notice The functions of ChequebookFactory.
interface Factory {
    function deploySimpleSwap(address issuer, uint256 timeout, bytes32 salt) external returns (address);
    function predict(address deployer, bytes32 salt) external view returns (address);
    function deployedContracts(address chequebook) external view returns (bool);
    function master() external view returns (address);
}

/// @title ChequebookHandler
/// @notice Everything an issuer, three beneficiaries and strangers may do to a chequebook, in whatever order.
contract ChequebookHandler is Cheats {
    uint256 internal constant ISSUER_KEY = 0x1111;
    uint256 internal constant PEERS = 3;
    uint256 internal constant TIMEOUT = 1 days;
    address internal constant STRANGER = address(0xE);
    address internal constant RECIPIENT = address(0xF1);
    bytes32 private constant CHEQUE =
        keccak256("Cheque(address chequebook,address beneficiary,uint256 cumulativePayout)");
    bytes32 internal constant CASHOUT = keccak256(
        "Cashout(address chequebook,address sender,uint256 requestPayout,address recipient,uint256 callerPayout)"
    );
    bytes32 private constant TIMEOUT_CHANGE =
        keccak256("CustomDecreaseTimeout(address chequebook,address beneficiary,uint256 decreaseTimeout)");

    FaultyToken public token;
    Factory public factory;
    IChequebook public book;
    address public issuer;
    uint256[PEERS] public highest;
    uint256 public funded;
    uint256 public withdrawn;
    bool internal wasBounced;
    /// @notice How often money left by a cheque, and by one without full cover.
    uint256 public cashed;
    uint256 public bounces;

    struct Cash {
        uint256 who;
        uint256 cumulative;
        uint256 fee;
    }

    constructor() {
        token = new FaultyToken(1e30, address(this));
        factory = Factory(deploy("CHEQUEBOOK_FACTORY_CODE", abi.encode(address(token))));
        issuer = vm.addr(ISSUER_KEY);
        address predicted = factory.predict(address(this), "salt");
        book = IChequebook(factory.deploySimpleSwap(issuer, TIMEOUT, "salt"));
        check(address(book) == predicted && factory.deployedContracts(predicted), "not the factory's chequebook");
    }

    function key(uint256 who) internal pure returns (uint256) {
        return 0x2222 + who;
    }

    function peer(uint256 who) public pure returns (address) {
        return vm.addr(key(who));
    }

    function fund(uint256 amount) public {
        amount %= 2_000;
        token.transfer(address(book), amount);
        funded += amount;
    }

    /// @notice The beneficiary cashes a cheque that the issuer signed for this sum, higher or lower than those before.
    function cashOwn(uint256 who, uint256 cumulative) external {
        Cash memory cash = Cash(who % PEERS, drawn(who % PEERS, cumulative), 0);
        bytes memory call =
            abi.encodeCall(IChequebook.cashChequeBeneficiary, (RECIPIENT, cash.cumulative, cheque(cash, ISSUER_KEY)));
        cashAs(cash, peer(cash.who), call);
    }

    /// @notice A stranger cashes for a fee that the beneficiary granted.
    function cashForOther(uint256 who, uint256 cumulative, uint256 fee) external {
        Cash memory cash = Cash(who % PEERS, drawn(who % PEERS, cumulative), fee % 50);
        bytes memory call = abi.encodeCall(
            IChequebook.cashCheque,
            (
                peer(cash.who),
                RECIPIENT,
                cash.cumulative,
                granted(cash, key(cash.who), STRANGER),
                cash.fee,
                cheque(cash, ISSUER_KEY)
            )
        );
        cashAs(cash, STRANGER, call);
    }

    /// @notice Cheques that nobody may cash: of another issuer, beneficiary, chequebook, sum, or without the beneficiary's leave.
    function forge(uint256 who, uint256 amount, uint256 kind) external {
        Cash memory cash = Cash(who % PEERS, book.paidOut(peer(who % PEERS)) + 1 + amount % 1_000, 0);
        bytes memory issuerSig = cheque(cash, kind % 6 == 0 ? key(cash.who) : ISSUER_KEY);
        bytes memory grant = granted(cash, kind % 6 == 1 ? ISSUER_KEY : key(cash.who), STRANGER);
        address beneficiary = peer(kind % 6 == 2 ? (cash.who + 1) % PEERS : cash.who);
        address sender = kind % 6 == 3 ? RECIPIENT : STRANGER;
        address recipient = kind % 6 == 4 ? STRANGER : RECIPIENT;
        uint256 asked = kind % 6 == 5 ? cash.cumulative + 1 : cash.cumulative;
        uint256 paid = book.totalPaidOut();
        bytes memory call = abi.encodeCall(IChequebook.cashCheque, (beneficiary, recipient, asked, grant, 0, issuerSig));
        check(!attempt(sender, address(book), call), "a forged cheque was cashed");
        equal(book.totalPaidOut(), paid, "a forged cheque paid");
    }

    function withdraw(uint256 amount) external {
        uint256 free = book.liquidBalance();
        amount %= free + 10;
        bytes memory call = abi.encodeCall(IChequebook.withdraw, (amount));
        check(!attempt(STRANGER, address(book), call), "a stranger withdrew");
        bool done = attempt(issuer, address(book), call);
        check(done == (amount <= free), "a hard deposit was withdrawn, or too little could be");
        if (done) withdrawn += amount;
    }

    function increase(uint256 who, uint256 amount) external {
        uint256 free = book.liquidBalance();
        amount %= free + 10;
        bytes memory call = abi.encodeCall(IChequebook.increaseHardDeposit, (peer(who % PEERS), amount));
        check(!attempt(STRANGER, address(book), call), "a stranger bound balance");
        check(attempt(issuer, address(book), call) == (amount <= free), "bound more than there was");
    }

    function prepareDecrease(uint256 who, uint256 amount) external {
        (uint256 bound,,,) = book.hardDeposits(peer(who % PEERS));
        amount %= bound + 10;
        bytes memory call = abi.encodeCall(IChequebook.prepareDecreaseHardDeposit, (peer(who % PEERS), amount));
        check(!attempt(STRANGER, address(book), call), "a stranger announced a decrease");
        check(attempt(issuer, address(book), call) == (amount <= bound), "announced more than was bound");
    }

    function decrease(uint256 who) external {
        (uint256 bound, uint256 announced,, uint256 notBefore) = book.hardDeposits(peer(who % PEERS));
        bytes memory call = abi.encodeCall(IChequebook.decreaseHardDeposit, (peer(who % PEERS)));
        bool due = notBefore != 0 && block.timestamp >= notBefore;
        check(attempt(STRANGER, address(book), call) == due, "decreased at the wrong time");
        if (!due) return;
        (uint256 left,,,) = book.hardDeposits(peer(who % PEERS));
        equal(left, announced < bound ? bound - announced : 0, "hard deposit");
        check(!attempt(STRANGER, address(book), call), "decreased twice");
    }

    function setTimeout(uint256 who, uint256 time, bool agreed) external {
        who %= PEERS;
        bytes32 hash = keccak256(abi.encode(TIMEOUT_CHANGE, address(book), peer(who), time % 3 days));
        bytes memory call = abi.encodeCall(
            IChequebook.setCustomHardDepositTimeout,
            (peer(who), time % 3 days, signed(hash, agreed ? key(who) : ISSUER_KEY))
        );
        check(!attempt(STRANGER, address(book), call), "a stranger changed a timeout");
        check(attempt(issuer, address(book), call) == agreed, "a timeout without agreement");
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + time % 2 days);
    }

    function cashAs(Cash memory cash, address sender, bytes memory call) private {
        uint256 due = book.paidOut(peer(cash.who));
        bool old = cash.cumulative < due;
        due = old ? 0 : cash.cumulative - due;
        uint256 cover = book.liquidBalanceFor(peer(cash.who));
        (uint256 bound,,,) = book.hardDeposits(peer(cash.who));
        check(cover >= bound, "a hard deposit has no cover");
        uint256 payout = due < cover ? due : cover;
        uint256 held = token.balanceOf(RECIPIENT);
        uint256 fees = token.balanceOf(STRANGER);
        bool done = attempt(sender, address(book), call);
        check(done == (!old && payout >= cash.fee), "cashed what was not due, or refused what was");
        if (!done) return;
        if (cash.cumulative > highest[cash.who]) highest[cash.who] = cash.cumulative;
        equal(token.balanceOf(RECIPIENT), held + payout - cash.fee, "received");
        equal(token.balanceOf(STRANGER), fees + cash.fee, "fee");
        (uint256 left,,,) = book.hardDeposits(peer(cash.who));
        equal(left, bound - (payout < bound ? payout : bound), "the hard deposit is used first");
        if (payout < due) {
            check(book.bounced(), "a cheque without cover left no trace");
            ++bounces;
        }
        if (payout > 0) ++cashed;
    }

    function drawn(uint256 who, uint256 seed) private view returns (uint256) {
        if (seed % 8 == 0) return (seed >> 8) % (highest[who] + 1);
        return book.paidOut(peer(who)) + (seed >> 8) % 1_500;
    }

    function cheque(Cash memory cash, uint256 signer) internal view returns (bytes memory) {
        return signed(keccak256(abi.encode(CHEQUE, address(book), peer(cash.who), cash.cumulative)), signer);
    }

    function granted(Cash memory cash, uint256 signer, address sender) internal view returns (bytes memory) {
        return signed(
            keccak256(abi.encode(CASHOUT, address(book), sender, cash.cumulative, RECIPIENT, cash.fee)), signer
        );
    }

    function signed(bytes32 hash, uint256 signer) internal view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId)"),
                keccak256("Chequebook"),
                keccak256("1.0"),
                block.chainid
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(signer, keccak256(abi.encodePacked("\x19\x01", domain, hash)));
        return abi.encodePacked(r, s, v);
    }

    /// @notice What must hold at every moment.
    function judge() external view {
        uint256 paid = 0;
        uint256 bound = 0;
        for (uint256 who = 0; who < PEERS; ++who) {
            paid += book.paidOut(peer(who));
            check(book.paidOut(peer(who)) <= highest[who], "paid beyond the highest cheque");
            (uint256 amount,,,) = book.hardDeposits(peer(who));
            bound += amount;
        }
        equal(book.totalPaidOut(), paid, "sum of payouts");
        equal(book.totalHardDeposit(), bound, "sum of hard deposits");
        equal(book.balance(), funded - withdrawn - paid, "balance");
        check(bound <= book.balance(), "hard deposits without cover");
        equal(book.liquidBalance(), book.balance() - bound, "liquid balance");
        check(book.bounced() == (bounces > 0), "bounced");
        check(book.issuer() == issuer && book.token() == address(token), "the chequebook changed hands");
    }
}
