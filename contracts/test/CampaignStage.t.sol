// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPayoutCampaign} from "../IPayoutCampaign.sol";
import {Campaign} from "./Campaign.t.sol";
import {Cheats} from "./Cheats.t.sol";
import {FaultyToken} from "./FaultyToken.sol";
import {PayoutVectors} from "./PayoutVectors.t.sol";

/// @title CampaignStage
/// @notice A campaign over four chunks with seven payees, and the calls of its roles. What was paid is never remembered
/// here: it is read from the token, so a stored vector that differs from what was transferred makes every push fail.
abstract contract CampaignStage is Cheats {
    using PayoutVectors for PayoutVectors.Chunk;

    uint256 internal constant PAYEES = 7;
    uint256 internal constant CHUNKS = 4;
    uint256 internal constant UNIT = 1e12;
    uint256 internal constant SUPPLY = 1e40;
    uint32 internal constant DELAY = 1 hours;
    uint96 internal constant LIMIT = 1_000_000;
    address internal constant ADMIN = address(0xA);
    address internal constant PROPOSER = address(0xB);
    address internal constant APPROVER = address(0xC);
    address internal constant GUARDIAN = address(0xD);
    address internal constant STRANGER = address(0xE);

    Campaign public campaign;
    FaultyToken public token;
    /// @dev The active root's content.
    address[PAYEES] internal accounts;
    uint48[PAYEES] internal units;
    /// @dev The heap over its chunk nodes.
    bytes32[] internal upper = new bytes32[](2 * CHUNKS);
    /// @notice Highest amount ever approved and activated for a payee.
    uint48[PAYEES] public highest;

    function raise(uint32 transferGas) internal {
        token = new FaultyToken(SUPPLY, address(this));
        campaign = Campaign(
            deploy(
                "CAMPAIGN_CODE",
                abi.encode(
                    IPayoutCampaign.Config({
                        token: IERC20(address(token)),
                        unitSize: UNIT,
                        activationDelay: DELAY,
                        claimDelay: DELAY,
                        closeGrace: 1 days,
                        transferGas: transferGas,
                        epochLimit: LIMIT,
                        admin: ADMIN,
                        proposer: PROPOSER,
                        approver: APPROVER,
                        guardian: GUARDIAN
                    })
                )
            )
        );
        for (uint256 i = 0; i < PAYEES; ++i) accounts[i] = wallet(i, 0);
    }

    /// @notice The payee's index in the campaign: the ends of chunks and some places between.
    function indexOf(uint256 who) public pure returns (uint256) {
        return [uint256(0), 1, 127, 128, 200, 300, 511][who];
    }

    /// @notice A payee's addresses: 0 and 1 are used in roots, 2 receives what it claims to elsewhere.
    function wallet(uint256 who, uint256 which) public pure returns (address) {
        return address(uint160(0xC0FFEE0000 + 1000 * which + who));
    }

    /// @notice Base units that reached the payee.
    function received(uint256 who) public view returns (uint256 sum) {
        for (uint256 which = 0; which < 3; ++which) sum += token.balanceOf(wallet(who, which));
    }

    function paidUnits(uint256 who) public view returns (uint48) {
        return uint48(received(who) / UNIT);
    }

    function totalPaid() public view returns (uint256 sum) {
        for (uint256 who = 0; who < PAYEES; ++who) sum += paidUnits(who);
    }

    function chunkOf(uint256 chunk, address[PAYEES] memory accounts_, uint48[PAYEES] memory units_)
        internal
        pure
        returns (PayoutVectors.Chunk memory made)
    {
        made = PayoutVectors.empty();
        for (uint256 who = 0; who < PAYEES; ++who) {
            uint256 index = indexOf(who);
            if (index / 128 == chunk) made.set(index % 128, accounts_[who], units_[who]);
        }
    }

    /// @notice The heap over the chunk nodes of a root.
    function upperTree(address[PAYEES] memory accounts_, uint48[PAYEES] memory units_)
        internal
        pure
        returns (bytes32[] memory nodes)
    {
        nodes = new bytes32[](2 * CHUNKS);
        for (uint256 i = 0; i < CHUNKS; ++i) nodes[CHUNKS + i] = chunkOf(i, accounts_, units_).chunkNode();
        PayoutVectors.fill(nodes);
    }

    /// @notice The vector that was paid, from the balances; empty when the contract says that nothing ever was.
    function paidVector(uint256 chunk) public view returns (bytes memory) {
        if (campaign.applied(chunk) == 0) return "";
        return balancesVector(chunk);
    }

    function balancesVector(uint256 chunk) public view returns (bytes memory) {
        uint48[PAYEES] memory paid;
        for (uint256 who = 0; who < PAYEES; ++who) paid[who] = paidUnits(who);
        return chunkOf(chunk, accounts, paid).amounts;
    }

    /// @notice Sum over the payees of the larger of the new amount and what was paid.
    function requiredTotal(uint48[PAYEES] memory next) internal view returns (uint96 sum) {
        for (uint256 who = 0; who < PAYEES; ++who) {
            uint48 paid = paidUnits(who);
            sum += next[who] > paid ? next[who] : paid;
        }
    }

    /// @notice Proposes, approves and activates; true when the root became active.
    function publish(address[PAYEES] memory accounts_, uint48[PAYEES] memory units_, uint96 total)
        internal
        returns (bool)
    {
        bytes32[] memory nodes = upperTree(accounts_, units_);
        bytes32 root = nodes[1];
        if (!proposed(root, total) || !approved(root, total)) return false;
        vm.warp(block.timestamp + DELAY);
        if (!activated(root)) return false;
        accounts = accounts_;
        units = units_;
        upper = nodes;
        for (uint256 who = 0; who < PAYEES; ++who) if (units_[who] > highest[who]) highest[who] = units_[who];
        return true;
    }

    function proposed(bytes32 root, uint96 total) internal returns (bool) {
        (,, uint64 epoch) = campaign.totals();
        bytes memory call = abi.encodeCall(Campaign.propose, (epoch + 1, campaign.root(), root, total, "data"));
        return attempt(PROPOSER, address(campaign), call);
    }

    function approved(bytes32 root, uint96 total) internal returns (bool) {
        (,, uint64 epoch) = campaign.totals();
        bytes memory call = abi.encodeCall(Campaign.approve, (epoch + 1, root, total, "data"));
        return attempt(APPROVER, address(campaign), call);
    }

    function activated(bytes32 root) internal returns (bool) {
        return attempt(STRANGER, address(campaign), abi.encodeCall(Campaign.activate, (root)));
    }

    /// @notice A push of `count` chunks (1, 2 or 4) from `first` on.
    function pushCall(uint256 first, uint256 count, uint128 skip) internal view returns (bytes memory) {
        IPayoutCampaign.ChunkPush[] memory parts = new IPayoutCampaign.ChunkPush[](count);
        for (uint256 i = 0; i < count; ++i) {
            PayoutVectors.Chunk memory chunk = chunkOf(first + i, accounts, units);
            bytes32 leaves = chunk.leafTree()[1];
            parts[i] =
                IPayoutCampaign.ChunkPush(chunk.addresses, paidVector(first + i), chunk.amounts, leaves, skip);
        }
        return abi.encodeCall(Campaign.pushGroup, (first, parts, groupProof(first, count)));
    }

    /// @notice The same push with the addresses in books.
    function bookCall(uint256 first, uint256 count, uint128 skip) internal returns (bytes memory) {
        IPayoutCampaign.BookPush[] memory parts = new IPayoutCampaign.BookPush[](count);
        for (uint256 i = 0; i < count; ++i) {
            PayoutVectors.Chunk memory chunk = chunkOf(first + i, accounts, units);
            bytes32 leaves = chunk.leafTree()[1];
            address book = campaign.writeBook(chunk.addresses);
            parts[i] = IPayoutCampaign.BookPush(book, paidVector(first + i), chunk.amounts, leaves, skip);
        }
        return abi.encodeCall(Campaign.pushGroupBook, (first, parts, groupProof(first, count)));
    }

    function groupProof(uint256 first, uint256 count) internal view returns (bytes32[] memory) {
        return PayoutVectors.siblings(upper, (CHUNKS + first) / count);
    }

    function claimOf(uint256 who) internal view returns (IPayoutCampaign.Claim memory proof) {
        uint256 index = indexOf(who);
        PayoutVectors.Chunk memory chunk = chunkOf(index / 128, accounts, units);
        proof.index = index;
        proof.account = accounts[who];
        proof.units = units[who];
        proof.addressesHash = keccak256(chunk.addresses);
        proof.amountsHash = keccak256(chunk.amounts);
        proof.paid = paidVector(index / 128);
        proof.proof = PayoutVectors.join(
            PayoutVectors.siblings(chunk.leafTree(), 128 + index % 128), groupProof(index / 128, 1)
        );
    }

    /// @notice What must hold at every moment, whatever was called before.
    function judge() public view {
        (uint96 total, uint96 paid,) = campaign.totals();
        equal(totalPaid(), paid, "paid units against transfers");
        check(paid <= total, "more paid than the total");
        for (uint256 who = 0; who < PAYEES; ++who) {
            check(paidUnits(who) <= highest[who], "paid beyond the highest approved amount");
            equal(received(who) % UNIT, 0, "a fraction of a unit was paid");
        }
        for (uint256 chunk = 0; chunk < CHUNKS; ++chunk) {
            bytes32 stored = campaign.applied(chunk);
            bytes memory vector = balancesVector(chunk);
            if (stored == 0) check(keccak256(vector) == keccak256(new bytes(768)), "paid and not remembered");
            else check(stored == keccak256(vector), "applied is not what was transferred");
        }
        if (campaign.closedAt() == 0) {
            check(
                token.balanceOf(address(campaign)) >= (total - paid) * UNIT, "the balance does not cover what is owed"
            );
        }
    }
}
