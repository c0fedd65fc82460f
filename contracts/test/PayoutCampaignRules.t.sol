// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CampaignStage} from "./CampaignStage.t.sol";
import {Campaign} from "./Campaign.t.sol";
import {IPayoutCampaign} from "../IPayoutCampaign.sol";

/// @notice What claims, totals and closing must refuse, each beside the same call as it should be.
contract PayoutCampaignRules is CampaignStage {
    function setUp() public {
        raise(60_000);
        token.transfer(address(campaign), 1_000_000 * UNIT);
        uint48[PAYEES] memory next;
        for (uint256 who = 0; who < PAYEES; ++who) next[who] = uint48(5 + who);
        check(publish(accounts, next, requiredTotal(next)), "not published");
    }

    /// @notice A claim of anything but the active root's content pays nobody, and the true one is paid after it.
    function testFuzz_forged_claim(uint8 kind, uint8 who, uint256 seed) public {
        vm.warp(campaign.claimsOpenAt());
        IPayoutCampaign.Claim memory proof = claimOf(who % PAYEES);
        if (kind % 8 == 0) proof.units += uint48(1 + seed % 1_000);
        if (kind % 8 == 1) proof.account = STRANGER;
        if (kind % 8 == 2) proof.index ^= 1 << (seed % 9);
        // the same path as an index of the tree has
        if (kind % 8 == 3) proof.index += 128 * CHUNKS * (1 + seed % 1_000);
        if (kind % 8 == 4) proof.proof[seed % proof.proof.length] = bytes32(seed);
        if (kind % 8 == 5) proof.addressesHash = bytes32(seed);
        if (kind % 8 == 6) proof.amountsHash = bytes32(seed);
        if (kind % 8 == 7) proof.paid = new bytes(seed % 2 == 0 ? 767 : 769);
        check(!attempt(STRANGER, address(campaign), abi.encodeCall(Campaign.claim, (proof))), "a forged claim was accepted");
        equal(totalPaid() + token.balanceOf(STRANGER), 0, "a forged claim paid");
        bytes memory sound = abi.encodeCall(Campaign.claim, (claimOf(who % PAYEES)));
        check(attempt(STRANGER, address(campaign), sound), "the true claim was refused");
        equal(paidUnits(who % PAYEES), units[who % PAYEES], "paid");
        judge();
    }

    /// @notice Claims open at their second, not before.
    function test_claims_open_late() public {
        bytes memory call = abi.encodeCall(Campaign.claim, (claimOf(3)));
        vm.warp(campaign.claimsOpenAt() - 1);
        check(!attempt(STRANGER, address(campaign), call), "claimed too early");
        vm.warp(campaign.claimsOpenAt());
        check(attempt(STRANGER, address(campaign), call), "not claimed in time");
    }

    /// @notice No root may promise less in all than was paid already.
    function test_total_below_what_was_paid() public {
        check(attempt(STRANGER, address(campaign), pushCall(0, 4, 0)), "push");
        (, uint96 paid,) = campaign.totals();
        uint48[PAYEES] memory none;
        bytes32 root = upperTree(accounts, none)[1];
        check(!proposed(root, paid - 1), "proposed a total below what was paid");
        check(proposed(root, paid), "a total of just what was paid was refused");
    }

    /// @notice Only the admin closes, once; then no root follows.
    function test_only_the_admin_closes() public {
        bytes memory call = abi.encodeCall(Campaign.close, ());
        address[4] memory others = [PROPOSER, APPROVER, GUARDIAN, STRANGER];
        for (uint256 i = 0; i < others.length; ++i) {
            check(!attempt(others[i], address(campaign), call), "closed by another");
        }
        equal(campaign.closedAt(), 0, "closed");
        check(attempt(ADMIN, address(campaign), call), "the admin could not close");
        equal(campaign.closedAt(), block.timestamp, "closed");
        check(!attempt(ADMIN, address(campaign), call), "closed twice");
        check(!proposed("root", 1_000), "a root after the end");
    }
}
