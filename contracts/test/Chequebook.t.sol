// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChequebook} from "../IChequebook.sol";
import {Cheats} from "./Cheats.t.sol";
import {ChequebookHandler, Factory} from "./ChequebookHandler.t.sol";
import {FaultyToken} from "./FaultyToken.sol";

contract ChequebookInvariants is Cheats {
    ChequebookHandler private handler;

    function setUp() public {
        handler = new ChequebookHandler();
        handler.fund(1_999);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](12);
        selectors[0] = handler.fund.selector;
        selectors[1] = handler.cashOwn.selector;
        selectors[2] = handler.cashOwn.selector;
        selectors[3] = handler.cashForOther.selector;
        selectors[4] = handler.cashForOther.selector;
        selectors[5] = handler.forge.selector;
        selectors[6] = handler.withdraw.selector;
        selectors[7] = handler.increase.selector;
        selectors[8] = handler.prepareDecrease.selector;
        selectors[9] = handler.decrease.selector;
        selectors[10] = handler.setTimeout.selector;
        selectors[11] = handler.wait.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    function invariant_chequebook_is_exact() public view {
        handler.judge();
    }
}

/// @notice Stories of one chequebook.
contract ChequebookStories is ChequebookHandler {
    function test_cashed_part_does_not_lock_a_deposit() public {
        this.fund(1_000);
        vm.prank(issuer);
        book.increaseHardDeposit(peer(0), 100);
        vm.prank(issuer);
        book.prepareDecreaseHardDeposit(peer(0), 80);
        this.cashOwn(0, 60 << 8 | 1);
        vm.warp(block.timestamp + TIMEOUT);
        book.decreaseHardDeposit(peer(0));
        equal(book.totalHardDeposit(), 0, "hard deposits");
        bytes memory again = abi.encodeCall(IChequebook.decreaseHardDeposit, (peer(0)));
        check(!attempt(STRANGER, address(book), again), "decreased twice");
        this.judge();
    }

    function test_a_hard_deposit_pays_when_all_else_is_gone() public {
        this.fund(1_000);
        vm.prank(issuer);
        book.increaseHardDeposit(peer(1), 400);
        vm.prank(issuer);
        book.withdraw(600);
        withdrawn = 600;
        this.cashOwn(0, 500 << 8 | 1);
        equal(book.paidOut(peer(0)), 0, "paid from somebody else's deposit");
        this.cashOwn(1, 400 << 8 | 1);
        equal(book.paidOut(peer(1)), 400, "paid");
        check(book.bounced() && bounces == 1, "bounced");
        this.judge();
    }

    /// @notice The token calls back while a cheque is paid: neither a cheque nor a deposit nor a withdrawal goes through.
    function test_reentry() public {
        this.fund(1_000);
        Cash memory other = Cash(1, 300, 0);
        // to somebody with whom the token has no quarrel, or the second transfer would fail of itself
        bytes32 grant = keccak256(abi.encode(CASHOUT, address(book), address(token), 300, STRANGER, 0));
        bytes[] memory doors = new bytes[](3);
        doors[0] = abi.encodeCall(
            IChequebook.cashCheque,
            (peer(1), STRANGER, 300, signed(grant, key(1)), 0, cheque(other, ISSUER_KEY))
        );
        doors[1] = abi.encodeCall(IChequebook.withdraw, (1));
        doors[2] = abi.encodeCall(IChequebook.increaseHardDeposit, (peer(1), 1));
        token.setFault(RECIPIENT, FaultyToken.Fault.Reenter);
        for (uint256 i = 0; i < doors.length; ++i) {
            token.setReentry(doors[i]);
            Cash memory cash = Cash(0, 200, 0);
            bytes memory call =
                abi.encodeCall(IChequebook.cashChequeBeneficiary, (RECIPIENT, 200, cheque(cash, ISSUER_KEY)));
            check(!attempt(peer(0), address(book), call), "re-entered");
        }
        equal(book.totalPaidOut(), 0, "paid");
    }

    function test_reentry_as_the_issuer() public {
        // a token that is the issuer itself, so that only the lock stands between
        IChequebook own = IChequebook(factory.deploySimpleSwap(address(token), TIMEOUT, "own"));
        token.transfer(address(own), 100);
        token.setFault(RECIPIENT, FaultyToken.Fault.Reenter);
        bytes[] memory doors = new bytes[](3);
        doors[0] = abi.encodeCall(IChequebook.withdraw, (1));
        doors[1] = abi.encodeCall(IChequebook.increaseHardDeposit, (peer(1), 100));
        doors[2] = abi.encodeCall(IChequebook.cashChequeBeneficiary, (STRANGER, 50, ""));
        for (uint256 i = 0; i < doors.length; ++i) {
            token.setReentry(doors[i]);
            bytes memory call = abi.encodeCall(IChequebook.cashChequeBeneficiary, (RECIPIENT, 10, ""));
            check(!attempt(address(token), address(own), call), "re-entered");
        }
        equal(token.balanceOf(address(own)), 100, "balance");
    }

    function test_nobody_takes_a_chequebook_over() public {
        bytes memory call = abi.encodeCall(IChequebook.init, (STRANGER, address(token), 1));
        check(!attempt(STRANGER, address(book), call), "initialized twice");
        check(!attempt(STRANGER, factory.master(), call), "the master was taken");
        bytes memory nobody = abi.encodeCall(Factory.deploySimpleSwap, (address(0), TIMEOUT, "zero"));
        check(!attempt(STRANGER, address(factory), nobody), "a chequebook of nobody");
        bytes memory again = abi.encodeCall(Factory.deploySimpleSwap, (issuer, TIMEOUT, "salt"));
        check(!attempt(address(this), address(factory), again), "the same chequebook twice");
    }

    function test_signatures_are_of_one_chain() public {
        this.fund(1_000);
        Cash memory cash = Cash(0, 200, 0);
        bytes memory call =
            abi.encodeCall(IChequebook.cashChequeBeneficiary, (RECIPIENT, 200, cheque(cash, ISSUER_KEY)));
        vm.chainId(99);
        check(!attempt(peer(0), address(book), call), "cashed on another chain");
    }

    function test_a_token_that_says_no_changes_nothing() public {
        this.fund(1_000);
        Cash memory cash = Cash(0, 200, 0);
        bytes memory call =
            abi.encodeCall(IChequebook.cashChequeBeneficiary, (RECIPIENT, 200, cheque(cash, ISSUER_KEY)));
        for (uint8 kind = 1; kind < 5; ++kind) {
            token.setFault(RECIPIENT, FaultyToken.Fault(kind));
            vm.prank(peer(0));
            (bool done,) = address(book).call{gas: 1_000_000}(call);
            check(!done && book.totalPaidOut() == 0, "booked without a transfer");
        }
        token.setFault(RECIPIENT, FaultyToken.Fault.ReturnNothing);
        check(attempt(peer(0), address(book), call), "older tokens return nothing");
        equal(book.totalPaidOut(), 200, "paid");
    }
}
