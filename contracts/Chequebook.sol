// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IChequebook} from "./IChequebook.sol";

/// @title Chequebook
/// @notice Honours an issuer's cumulative cheques in one ERC-20 token. Written from the description of Swarm's
/// ERC20SimpleSwap: same functions, events and typed data. It differs in two places, both to the beneficiary's good: a
/// hard deposit of which a part was cashed after its decrease was announced can still be decreased (there it locks), and the
/// master copy behind the clones belongs to nobody.
///
/// Nothing here guarantees that there is balance: the issuer may withdraw all but hard deposits at any time.
contract Chequebook is IChequebook, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    struct HardDeposit {
        uint256 amount;
        uint256 decreaseAmount;
        uint256 timeout;
        uint256 canBeDecreasedAt;
    }

    bytes32 public constant EIP712DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId)");
    bytes32 public constant CHEQUE_TYPEHASH =
        keccak256("Cheque(address chequebook,address beneficiary,uint256 cumulativePayout)");
    bytes32 public constant CASHOUT_TYPEHASH = keccak256(
        "Cashout(address chequebook,address sender,uint256 requestPayout,address recipient,uint256 callerPayout)"
    );
    bytes32 public constant CUSTOMDECREASETIMEOUT_TYPEHASH =
        keccak256("CustomDecreaseTimeout(address chequebook,address beneficiary,uint256 decreaseTimeout)");

    address public token;
    address public issuer;
    bool public bounced;
    uint256 public defaultHardDepositTimeout;
    uint256 public totalPaidOut;
    uint256 public totalHardDeposit;
    mapping(address beneficiary => uint256) public paidOut;
    mapping(address beneficiary => HardDeposit) public hardDeposits;

    modifier onlyIssuer() {
        require(msg.sender == issuer, NotIssuer(msg.sender));
        _;
    }

    /// @dev The master copy cannot be initialized; clones begin with empty storage.
    constructor() {
        issuer = address(this);
    }

    function init(address issuer_, address token_, uint256 defaultHardDepositTimeout_) external {
        require(issuer == address(0), AlreadyInitialized());
        require(issuer_ != address(0), InvalidIssuer());
        issuer = issuer_;
        token = token_;
        defaultHardDepositTimeout = defaultHardDepositTimeout_;
    }

    function balance() public view returns (uint256) {
        return IERC20(token).balanceOf(address(this));
    }

    function liquidBalance() public view returns (uint256) {
        // saturates: a token that takes balance away must not lock the hard deposits that are left
        return Math.saturatingSub(balance(), totalHardDeposit);
    }

    function liquidBalanceFor(address beneficiary) public view returns (uint256) {
        return Math.min(balance(), liquidBalance() + hardDeposits[beneficiary].amount);
    }

    function cashChequeBeneficiary(address recipient, uint256 cumulativePayout, bytes calldata issuerSig)
        external
        nonReentrant
    {
        _cash(msg.sender, recipient, cumulativePayout, 0, issuerSig);
    }

    function cashCheque(
        address beneficiary,
        address recipient,
        uint256 cumulativePayout,
        bytes calldata beneficiarySig,
        uint256 callerPayout,
        bytes calldata issuerSig
    ) external nonReentrant {
        bytes32 cashout = keccak256(
            abi.encode(CASHOUT_TYPEHASH, address(this), msg.sender, cumulativePayout, recipient, callerPayout)
        );
        require(_signedBy(beneficiary, cashout, beneficiarySig), InvalidBeneficiarySignature());
        _cash(beneficiary, recipient, cumulativePayout, callerPayout, issuerSig);
    }

    function increaseHardDeposit(address beneficiary, uint256 amount) external nonReentrant onlyIssuer {
        uint256 free = liquidBalance();
        require(amount <= free, OverBalance(free, amount));
        HardDeposit storage deposit = hardDeposits[beneficiary];
        deposit.amount += amount;
        deposit.canBeDecreasedAt = 0;
        totalHardDeposit += amount;
        emit HardDepositAmountChanged(beneficiary, deposit.amount);
    }

    function prepareDecreaseHardDeposit(address beneficiary, uint256 decreaseAmount) external onlyIssuer {
        HardDeposit storage deposit = hardDeposits[beneficiary];
        require(decreaseAmount <= deposit.amount, OverHardDeposit(deposit.amount, decreaseAmount));
        uint256 timeout = deposit.timeout == 0 ? defaultHardDepositTimeout : deposit.timeout;
        deposit.canBeDecreasedAt = block.timestamp + timeout;
        deposit.decreaseAmount = decreaseAmount;
        emit HardDepositDecreasePrepared(beneficiary, decreaseAmount);
    }

    function decreaseHardDeposit(address beneficiary) external {
        HardDeposit storage deposit = hardDeposits[beneficiary];
        uint256 notBefore = deposit.canBeDecreasedAt;
        require(notBefore != 0 && block.timestamp >= notBefore, DepositNotYetDecreasable(notBefore));
        uint256 decrease = Math.min(deposit.decreaseAmount, deposit.amount);
        deposit.amount -= decrease;
        deposit.canBeDecreasedAt = 0;
        totalHardDeposit -= decrease;
        emit HardDepositAmountChanged(beneficiary, deposit.amount);
    }

    function setCustomHardDepositTimeout(address beneficiary, uint256 hardDepositTimeout, bytes calldata beneficiarySig)
        external
        onlyIssuer
    {
        bytes32 agreed = keccak256(
            abi.encode(CUSTOMDECREASETIMEOUT_TYPEHASH, address(this), beneficiary, hardDepositTimeout)
        );
        require(_signedBy(beneficiary, agreed, beneficiarySig), InvalidBeneficiarySignature());
        hardDeposits[beneficiary].timeout = hardDepositTimeout;
        emit HardDepositTimeoutChanged(beneficiary, hardDepositTimeout);
    }

    function withdraw(uint256 amount) external nonReentrant onlyIssuer {
        uint256 free = liquidBalance();
        require(amount <= free, OverBalance(free, amount));
        emit Withdraw(amount);
        IERC20(token).safeTransfer(msg.sender, amount);
    }

    /// @dev Pays what the cheque gives beyond `paidOut`, as far as the balance for this beneficiary goes, its hard deposit
    /// first. The issuer itself needs no signature of its own.
    function _cash(
        address beneficiary,
        address recipient,
        uint256 cumulativePayout,
        uint256 callerPayout,
        bytes calldata issuerSig
    ) private {
        if (msg.sender != issuer) {
            bytes32 cheque = keccak256(abi.encode(CHEQUE_TYPEHASH, address(this), beneficiary, cumulativePayout));
            require(_signedBy(issuer, cheque, issuerSig), InvalidIssuerSignature());
        }
        uint256 before = paidOut[beneficiary];
        require(cumulativePayout >= before, ChequeOutdated(cumulativePayout, before));
        uint256 payout = Math.min(cumulativePayout - before, liquidBalanceFor(beneficiary));
        require(payout >= callerPayout, CannotPayCaller(payout, callerPayout));
        uint256 bound = Math.min(payout, hardDeposits[beneficiary].amount);
        if (bound != 0) {
            hardDeposits[beneficiary].amount -= bound;
            totalHardDeposit -= bound;
        }
        paidOut[beneficiary] = before + payout;
        totalPaidOut += payout;
        emit ChequeCashed(beneficiary, recipient, msg.sender, payout, cumulativePayout, callerPayout);
        if (payout < cumulativePayout - before) {
            bounced = true;
            emit ChequeBounced();
        }
        IERC20(token).safeTransfer(recipient, payout - callerPayout);
        if (callerPayout != 0) IERC20(token).safeTransfer(msg.sender, callerPayout);
    }

    function _signedBy(address signer, bytes32 structHash, bytes calldata signature) private view returns (bool) {
        bytes32 domain = keccak256(
            abi.encode(EIP712DOMAIN_TYPEHASH, keccak256("Chequebook"), keccak256("1.0"), block.chainid)
        );
        bytes32 digest = MessageHashUtils.toTypedDataHash(domain, structHash);
        (address recovered, ECDSA.RecoverError fault,) = ECDSA.tryRecover(digest, signature);
        return fault == ECDSA.RecoverError.NoError && recovered == signer;
    }
}
