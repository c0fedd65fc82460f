// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPayoutCampaign} from "../IPayoutCampaign.sol";
import {Campaign} from "./Campaign.t.sol";
import {CampaignStage} from "./CampaignStage.t.sol";
import {FaultyToken} from "./FaultyToken.sol";

/// @title CampaignHandler
/// @notice What anybody may do to a campaign, in whatever order: the operator's four roles, payees, strangers, and a token
/// that misbehaves. Each action checks what it may and may not have changed; `judge` checks the whole afterwards.
contract CampaignHandler is CampaignStage {
    /// @notice Pushes in which somebody was paid: none of them may ever be accepted again.
    bytes[] internal spent;
    uint48[PAYEES] internal before;
    /// @notice How often an action did what it is for; a run in which nothing happens proves nothing.
    uint256 public activations;
    uint256 public payments;

    constructor() {
        raise(60_000);
        token.transfer(address(campaign), 2_000 * UNIT);
    }

    /// @dev Paid amounts never fall.
    modifier watched() {
        for (uint256 who = 0; who < PAYEES; ++who) before[who] = paidUnits(who);
        _;
        for (uint256 who = 0; who < PAYEES; ++who) {
            check(paidUnits(who) >= before[who], "a paid amount fell");
            if (paidUnits(who) > before[who]) ++payments;
        }
    }

    /// @notice Whole new amounts, many of them lower than before; addresses change; the total is right, generous, or short.
    function publishAmounts(uint256 seed, uint256 totalSeed) external watched {
        uint48[PAYEES] memory next;
        address[PAYEES] memory accounts_;
        for (uint256 who = 0; who < PAYEES; ++who) {
            uint256 bits = uint256(keccak256(abi.encode(seed, who)));
            uint48 drawn = uint48((bits >> 8) % 600);
            next[who] = bits % 4 == 0 ? units[who] : bits % 4 == 1 ? units[who] + drawn : drawn;
            accounts_[who] = wallet(who, bits % 16 == 2 ? 1 : 0);
        }
        uint96 total = requiredTotal(next);
        uint256 kind = totalSeed % 8;
        if (kind == 0) total += uint96(totalSeed >> 8) % 1_000;
        if (kind == 1) total -= total == 0 ? 0 : uint96((totalSeed >> 8) % total);
        (, uint96 paid,) = campaign.totals();
        uint256 balance = token.balanceOf(address(campaign));
        bool active = publish(accounts_, next, total);
        if (active) {
            ++activations;
            check(balance >= (total - paid) * UNIT, "activated without the balance for it");
        } else if (total >= paid && campaign.closedAt() == 0) {
            check(balance < (total - paid) * UNIT || total > LIMIT, "a sound root was refused");
        }
        if (!active) attempt(GUARDIAN, address(campaign), abi.encodeCall(Campaign.veto, (upperTree(accounts_, next)[1])));
    }

    /// @notice Roots that must not become active: not approved, vetoed, too early, on another root, or by another role.
    function publishWrongly(uint256 seed) external watched {
        uint48[PAYEES] memory next = units;
        next[seed % PAYEES] += 7;
        uint96 total = requiredTotal(next);
        bytes32 root = upperTree(accounts, next)[1];
        bytes32 active = campaign.root();
        (,, uint64 epoch) = campaign.totals();
        uint256 kind = (seed >> 8) % 6;
        if (kind == 4) {
            bytes memory stale = abi.encodeCall(Campaign.propose, (epoch + 1, bytes32(~uint256(active)), root, total, "data"));
            check(!attempt(PROPOSER, address(campaign), stale), "proposed on another root");
        } else if (kind == 5) {
            bytes memory foreign = abi.encodeCall(Campaign.propose, (epoch + 1, active, root, total, "data"));
            check(!attempt(APPROVER, address(campaign), foreign), "the approver proposed");
        } else if (proposed(root, total)) {
            if (kind == 1) {
                check(!attempt(PROPOSER, address(campaign), abi.encodeCall(Campaign.approve, (epoch + 1, root, total, "data"))), "the proposer approved");
                check(!attempt(APPROVER, address(campaign), abi.encodeCall(Campaign.approve, (epoch + 1, root, total + 1, "data"))), "approved another total");
            }
            if (kind >= 2) check(approved(root, total), "could not approve");
            if (kind == 3) {
                vm.warp(block.timestamp + DELAY - 1);
            } else {
                if (kind == 2) attempt(GUARDIAN, address(campaign), abi.encodeCall(Campaign.veto, (root)));
                vm.warp(block.timestamp + DELAY);
            }
            check(!activated(root), "a root became active that must not");
            attempt(GUARDIAN, address(campaign), abi.encodeCall(Campaign.veto, (root)));
        }
        check(campaign.root() == active, "the root changed");
    }

    /// @notice A push by anybody; with `gasSeed`, one that runs out of gas somewhere.
    function push(uint256 which, uint256 skipSeed, bool book, uint256 gasSeed) public watched {
        (uint256 first, uint256 count) = group(which);
        uint128 skip = skipSeed % 3 == 0 ? uint128(1 << (skipSeed % 128)) | uint128(1) : 0;
        bytes memory call = book ? bookCall(first, count, skip) : pushCall(first, count, skip);
        uint256 allowance = gasSeed % 4 == 0 ? 200_000 + (gasSeed >> 8) % 1_500_000 : 100_000_000;
        uint256 sum = totalPaid();
        vm.prank(STRANGER);
        (bool done,) = address(campaign).call{gas: allowance}(call);
        if (totalPaid() > sum) spent.push(call);
        if (!done) return equal(totalPaid(), sum, "paid by a reverted push");
        for (uint256 who = 0; who < PAYEES; ++who) {
            uint256 index = indexOf(who);
            if (index / 128 < first || index / 128 >= first + count) continue;
            if ((skip >> (index % 128)) & 1 == 1) {
                equal(paidUnits(who), before[who], "a skipped payee was paid");
            } else if (sound(token.faults(accounts[who])) && paidUnits(who) < units[who]) {
                // with a total that was too small the rest may have been swept; then there is nothing to pay it from
                bool poor = token.balanceOf(address(campaign)) < (uint256(units[who]) - paidUnits(who)) * UNIT;
                check(poor, "a payee was left out");
            }
        }
    }

    /// @notice A batch in which anybody was paid is refused for ever.
    function replay(uint256 which) external watched {
        if (spent.length == 0) return;
        uint256 sum = totalPaid();
        check(!attempt(STRANGER, address(campaign), spent[which % spent.length]), "a batch was accepted twice");
        equal(totalPaid(), sum, "a replay paid");
    }

    function claim(uint256 who, bool elsewhere) public watched {
        who %= PAYEES;
        IPayoutCampaign.Claim memory proof = claimOf(who);
        bytes memory call = elsewhere
            ? abi.encodeCall(Campaign.claimTo, (proof, wallet(who, 2)))
            : abi.encodeCall(Campaign.claim, (proof));
        if (elsewhere) check(!attempt(STRANGER, address(campaign), call), "a stranger claimed to an address");
        bool early = block.timestamp < campaign.claimsOpenAt() || block.timestamp < campaign.pausedUntil();
        bool done = attempt(elsewhere ? accounts[who] : STRANGER, address(campaign), call);
        if (!done) return;
        check(!early, "claimed while claims were closed");
        check(units[who] > before[who], "claimed what was not due");
        equal(paidUnits(who), units[who], "a claim paid another amount");
        check(!attempt(accounts[who], address(campaign), call), "a claim was accepted twice");
    }

    /// @notice An index beyond the tree that has the same path must prove nothing.
    function claimBeyond(uint256 who, uint256 turns) external watched {
        IPayoutCampaign.Claim memory proof = claimOf(who % PAYEES);
        proof.index += 512 * (1 + turns % 1_000);
        proof.paid = "";
        check(
            !attempt(STRANGER, address(campaign), abi.encodeCall(Campaign.claim, (proof))), "claimed beyond the tree"
        );
    }

    /// @notice A claim and a push that were made at the same time: only the first of them counts.
    function race(uint256 who, bool claimFirst) external watched {
        who %= PAYEES;
        uint256 chunk = indexOf(who) / 128;
        bytes memory pushing = pushCall(chunk, 1, 0);
        bytes memory claiming = abi.encodeCall(Campaign.claim, (claimOf(who)));
        uint256 sum = totalPaid();
        attempt(STRANGER, address(campaign), claimFirst ? claiming : pushing);
        if (totalPaid() == sum) return;
        sum = totalPaid();
        check(!attempt(STRANGER, address(campaign), claimFirst ? pushing : claiming), "both were accepted");
        equal(totalPaid(), sum, "both were paid");
    }

    function setFault(uint256 who, uint256 kind) external {
        FaultyToken.Fault fault = FaultyToken.Fault(kind % 7);
        token.setFault(wallet(who % PAYEES, 0), fault);
        if (fault == FaultyToken.Fault.Reenter) token.setReentry(pushCall(kind % CHUNKS, 1, 0));
    }

    function heal() external {
        for (uint256 who = 0; who < PAYEES; ++who) token.setFault(wallet(who, 0), FaultyToken.Fault.None);
    }

    function donate(uint256 amount) external {
        token.transfer(address(campaign), (amount % 5_000) * UNIT);
    }

    function sweep() external watched {
        check(!attempt(GUARDIAN, address(campaign), abi.encodeCall(Campaign.sweep, (token, GUARDIAN))), "not the admin");
        attempt(ADMIN, address(campaign), abi.encodeCall(Campaign.sweep, (token, ADMIN)));
    }

    function pause(bool on) external {
        bytes memory call = on ? abi.encodeCall(Campaign.pause, ()) : abi.encodeCall(Campaign.unpause, ());
        attempt(on ? GUARDIAN : ADMIN, address(campaign), call);
        if (!on) return;
        check(!attempt(STRANGER, address(campaign), pushCall(0, 1, 0)), "pushed while paused");
        check(!attempt(GUARDIAN, address(campaign), abi.encodeCall(Campaign.unpause, ())), "the guardian unpaused");
        attempt(ADMIN, address(campaign), abi.encodeCall(Campaign.unpause, ()));
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + time % (2 * DELAY));
    }

    function group(uint256 which) internal pure returns (uint256 first, uint256 count) {
        which %= 7;
        if (which < 4) return (which, 1);
        if (which < 6) return (2 * (which - 4), 2);
        return (0, 4);
    }

    function sound(FaultyToken.Fault fault) internal pure returns (bool) {
        return fault == FaultyToken.Fault.None || fault == FaultyToken.Fault.ReturnNothing;
    }
}
