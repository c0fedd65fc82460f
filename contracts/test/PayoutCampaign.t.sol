// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CampaignHandler} from "./CampaignHandler.t.sol";
import {CampaignStage} from "./CampaignStage.t.sol";
import {Cheats} from "./Cheats.t.sol";
import {Campaign} from "./Campaign.t.sol";
import {FaultyToken} from "./FaultyToken.sol";
import {IPayoutCampaign} from "../IPayoutCampaign.sol";
import {PayoutVectors} from "./PayoutVectors.t.sol";

/// @notice The invariants of contracts/README.md under random sequences of everybody's actions.
contract PayoutCampaignInvariants is Cheats {
    CampaignHandler private handler;

    function setUp() public {
        handler = new CampaignHandler();
        // a first payment to build on, so that short runs reach what follows one
        handler.publishAmounts(1, 8);
        handler.push(6, 1, false, 1);
        check(handler.activations() == 1 && handler.payments() > 0, "the stage is not set");
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev The commoner actions stand here more than once.
    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](18);
        selectors[0] = handler.publishAmounts.selector;
        selectors[1] = handler.publishAmounts.selector;
        selectors[2] = handler.publishAmounts.selector;
        selectors[3] = handler.push.selector;
        selectors[4] = handler.push.selector;
        selectors[5] = handler.push.selector;
        selectors[6] = handler.claim.selector;
        selectors[7] = handler.claim.selector;
        selectors[8] = handler.replay.selector;
        selectors[9] = handler.setFault.selector;
        selectors[10] = handler.setFault.selector;
        selectors[11] = handler.heal.selector;
        selectors[12] = handler.race.selector;
        selectors[13] = handler.donate.selector;
        selectors[14] = handler.sweep.selector;
        selectors[15] = handler.pause.selector;
        selectors[16] = handler.publishWrongly.selector;
        selectors[17] = handler.claimBeyond.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    function invariant_books_agree_with_transfers() public view {
        handler.judge();
    }
}

/// @notice Tokens and payees that misbehave, one story a test.
contract PayoutCampaignHostile is CampaignStage {
    function setUp() public {
        raise(1_000_000);
        token.transfer(address(campaign), 1_000_000 * UNIT);
    }

    function begin(uint48 each) private {
        uint48[PAYEES] memory next;
        for (uint256 who = 0; who < PAYEES; ++who) next[who] = each;
        check(publish(accounts, next, requiredTotal(next)), "not published");
    }

    /// @notice A payee that needs nearly all of the allowance: whatever gas a sender gives, it is paid or nothing happens.
    function testFuzz_little_gas_starves_nobody(uint256 gasSeed, uint8 who, bool careful) public {
        begin(5);
        token.setFault(wallet(who % 3, 0), careful ? FaultyToken.Fault.Careful : FaultyToken.Fault.Costly);
        vm.prank(STRANGER);
        (bool done,) = address(campaign).call{gas: 600_000 + gasSeed % 2_000_000}(pushCall(0, 1, 0));
        for (uint256 i = 0; i < 3; ++i) equal(paidUnits(i), done ? 5 : 0, "starved");
        judge();
    }

    /// @notice One payee in any way faulty changes nothing for the others, and is paid once it works again.
    function testFuzz_one_bad_payee(uint8 bad, uint8 kind, bool book) public {
        begin(9);
        uint256 who = bad % PAYEES;
        FaultyToken.Fault fault = FaultyToken.Fault(1 + kind % 6);
        token.setFault(wallet(who, 0), fault);
        token.setReentry(abi.encodeCall(Campaign.fund, (0)));
        bool fails = fault != FaultyToken.Fault.ReturnNothing;
        bytes memory call = book ? bookCall(0, 4, 0) : pushCall(0, 4, 0);
        vm.prank(STRANGER);
        // as much as a transaction may have, so that nobody can burn what the others need
        (bool done,) = address(campaign).call{gas: 16_777_216}(call);
        check(done, "the push failed");
        for (uint256 i = 0; i < PAYEES; ++i) equal(paidUnits(i), i == who && fails ? 0 : 9, "paid");
        judge();
        token.setFault(wallet(who, 0), FaultyToken.Fault.None);
        bool again = attempt(STRANGER, address(campaign), pushCall(0, 4, 0));
        check(again, "the retry failed");
        equal(totalPaid(), 9 * PAYEES, "all paid once");
        judge();
    }

    /// @notice A push of anything but the active root's content pays nobody.
    function testFuzz_forged_push(uint8 kind, uint256 seed) public {
        begin(5);
        PayoutVectors.Chunk memory chunk = chunkOf(0, accounts, units);
        bytes32[] memory proof = groupProof(0, 1);
        if (kind % 6 == 0) PayoutVectors.set(chunk, seed % 128, STRANGER, 6);
        bytes32 leaves = PayoutVectors.leafTree(chunk)[1];
        if (kind % 6 == 1) PayoutVectors.set(chunk, 0, accounts[0], 6);
        if (kind % 6 == 2) PayoutVectors.set(chunk, 0, STRANGER, 5);
        if (kind % 6 == 3) leaves = ~leaves;
        if (kind % 6 == 4) proof[seed % proof.length] = bytes32(seed);
        uint256 first = kind % 6 == 5 ? CHUNKS * (1 + seed % 1_000) : 0;
        IPayoutCampaign.ChunkPush[] memory parts = new IPayoutCampaign.ChunkPush[](1);
        parts[0] = IPayoutCampaign.ChunkPush(chunk.addresses, "", chunk.amounts, leaves, 0);
        bytes memory call = abi.encodeCall(Campaign.pushGroup, (first, parts, proof));
        check(!attempt(STRANGER, address(campaign), call), "a forged push was accepted");
        equal(totalPaid() + token.balanceOf(STRANGER), 0, "a forged push paid");
    }

    /// @notice No door can be entered from within a transfer.
    function test_reentry() public {
        begin(3);
        bytes32 nextRoot;
        {
            uint48[PAYEES] memory next = units;
            next[6] += 1;
            nextRoot = upperTree(accounts, next)[1];
            check(proposed(nextRoot, requiredTotal(next)) && approved(nextRoot, requiredTotal(next)), "not approved");
            vm.warp(block.timestamp + DELAY);
        }
        bytes[] memory doors = new bytes[](4);
        doors[0] = pushCall(3, 1, 0);
        doors[1] = bookCall(3, 1, 0);
        doors[2] = abi.encodeCall(Campaign.claim, (claimOf(5)));
        doors[3] = abi.encodeCall(Campaign.activate, (nextRoot));
        token.setFault(wallet(0, 0), FaultyToken.Fault.Reenter);
        for (uint256 i = 0; i < doors.length; ++i) {
            token.setReentry(doors[i]);
            check(attempt(STRANGER, address(campaign), i == 0 ? pushCall(0, 1, 0) : pushCall(0, 1, 1)), "push");
            bytes memory again = pushCall(0, 1, 0);
            attempt(STRANGER, address(campaign), again);
            equal(paidUnits(0), 0, "paid while re-entering");
            equal(paidUnits(5) + paidUnits(6), 0, "a door was open");
            check(campaign.root() != nextRoot, "activated from within a transfer");
            bytes memory self = abi.encodeCall(Campaign.claim, (claimOf(0)));
            check(!attempt(STRANGER, address(campaign), self), "a claim went through");
            bytes memory booked = bookCall(0, 1, 0);
            attempt(STRANGER, address(campaign), booked);
            equal(paidUnits(0), 0, "paid while re-entering by book");
        }
        judge();
    }

    /// @notice A payee on the token's blacklist takes its money elsewhere; nobody else can.
    function test_blacklisted_payee_claims_elsewhere() public {
        begin(4);
        token.setFault(wallet(2, 0), FaultyToken.Fault.Revert);
        vm.warp(block.timestamp + DELAY);
        check(attempt(STRANGER, address(campaign), pushCall(0, 1, 0)), "push");
        bytes memory plain = abi.encodeCall(Campaign.claim, (claimOf(2)));
        check(!attempt(STRANGER, address(campaign), plain), "claimed to a blocked address");
        bytes memory call = abi.encodeCall(Campaign.claimTo, (claimOf(2), wallet(2, 2)));
        check(!attempt(wallet(1, 0), address(campaign), call), "somebody else claimed it");
        check(attempt(wallet(2, 0), address(campaign), call), "not claimed");
        equal(paidUnits(2), 4, "paid");
        judge();
    }

    /// @notice A claim after a push pays what is new, and nothing a second time.
    function testFuzz_claim_pays_the_difference(uint16 first, uint16 second, uint8 who) public {
        begin(first);
        attempt(STRANGER, address(campaign), pushCall(0, 4, 0));
        begin(second);
        vm.warp(block.timestamp + DELAY);
        bytes memory call = abi.encodeCall(Campaign.claim, (claimOf(who % PAYEES)));
        check(attempt(STRANGER, address(campaign), call) == (second > first), "claimed");
        equal(paidUnits(who % PAYEES), second > first ? second : first, "paid");
        judge();
    }

    /// @notice A root that lowers an amount lowers nothing that was paid, and a later one pays only the rest.
    function testFuzz_lowered_root(uint16 first, uint16 second, uint16 third) public {
        uint16[3] memory amounts = [first, second, third];
        uint48 most = 0;
        for (uint256 i = 0; i < 3; ++i) {
            begin(amounts[i]);
            attempt(STRANGER, address(campaign), pushCall(0, 4, 0));
            if (amounts[i] > most) most = amounts[i];
            for (uint256 who = 0; who < PAYEES; ++who) equal(paidUnits(who), most, "paid");
            judge();
        }
    }

    /// @notice A token that keeps a fee is refused when it is put in.
    function test_fee_on_transfer_is_refused() public {
        token.approve(address(campaign), 1_000);
        token.setFault(address(campaign), FaultyToken.Fault.KeepFee);
        uint256 balance = token.balanceOf(address(campaign));
        (bool done,) = address(campaign).call(abi.encodeCall(Campaign.fund, (1_000)));
        check(!done && token.balanceOf(address(campaign)) == balance, "a fee was accepted");
        token.setFault(address(campaign), FaultyToken.Fault.None);
        campaign.fund(1_000);
        equal(token.balanceOf(address(campaign)), balance + 1_000, "funded");
    }

    /// @notice After closing, what is owed stays until the grace is over.
    function test_sweep_after_close() public {
        begin(5);
        attempt(ADMIN, address(campaign), abi.encodeCall(Campaign.close, ()));
        attempt(ADMIN, address(campaign), abi.encodeCall(Campaign.sweep, (token, ADMIN)));
        equal(token.balanceOf(address(campaign)), 5 * PAYEES * UNIT, "what is owed stays");
        check(attempt(STRANGER, address(campaign), pushCall(0, 2, 0)), "pushes go on");
        vm.warp(block.timestamp + 1 days);
        check(!attempt(PROPOSER, address(campaign), abi.encodeCall(Campaign.sweep, (token, PROPOSER))), "not the admin");
        check(attempt(ADMIN, address(campaign), abi.encodeCall(Campaign.sweep, (token, ADMIN))), "not swept");
        equal(token.balanceOf(address(campaign)), 0, "the rest is swept");
    }
}
