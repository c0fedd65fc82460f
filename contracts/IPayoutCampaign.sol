// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IPayoutCampaign
/// @notice The shapes, events and errors of a payout campaign. See contracts/README.md for the rules in one page.
interface IPayoutCampaign {
    /// @param token the ERC-20 paid; must keep to exact amounts (no transfer fee)
    /// @param unitSize base units of the token in one unit of an amount vector; 1 … 2^128-1
    /// @param activationDelay seconds between approval and the earliest activation
    /// @param claimDelay seconds after an activation before payees may claim by themselves
    /// @param closeGrace seconds after `close` before everything left may be swept
    /// @param transferGas gas given to one token transfer; a payee that needs more has failed
    /// @param epochLimit units by which one root may raise `totalUnits`
    /// @param admin sets roles and the limit, unpauses, closes, sweeps; meant to be a time-locked multisig
    /// @param proposer posts roots
    /// @param approver recomputes and approves them
    /// @param guardian may veto a pending root and pause, nothing else
    struct Config {
        IERC20 token;
        uint256 unitSize;
        uint32 activationDelay;
        uint32 claimDelay;
        uint32 closeGrace;
        uint32 transferGas;
        uint96 epochLimit;
        address admin;
        address proposer;
        address approver;
        address guardian;
    }

    /// @notice The root that counts, and what was paid under it and its predecessors. All amounts in units.
    struct Totals {
        uint96 totalUnits;
        uint96 paidUnits;
        uint64 epoch;
    }

    /// @notice A root on its way. `approvedAt` is 0 until the approver has agreed.
    struct Pending {
        bytes32 root;
        bytes32 dataHash;
        uint96 totalUnits;
        uint64 epoch;
        uint64 approvedAt;
    }

    /// @notice One chunk of 128 payees in a push.
    /// @param addresses 128 x 20 bytes, zero where an index has no payee
    /// @param paid 128 x 6 bytes, the vector already paid; empty when the chunk was never pushed or claimed from
    /// @param amounts 128 x 6 bytes, the vector of the active root
    /// @param leavesRoot root over the chunk's 128 leaves
    /// @param skip bit i set: leave index i of the chunk as it is
    struct ChunkPush {
        bytes addresses;
        bytes paid;
        bytes amounts;
        bytes32 leavesRoot;
        uint128 skip;
    }

    /// @notice As ChunkPush, the addresses read from a data contract made by `writeBook` (or anybody: the root
    /// commits to their hash, so a wrong book only makes the push revert).
    struct BookPush {
        address book;
        bytes paid;
        bytes amounts;
        bytes32 leavesRoot;
        uint128 skip;
    }

    /// @notice A payee's own proof.
    /// @param index the payee's index in the campaign
    /// @param account the address in the root
    /// @param units cumulative units in the root
    /// @param addressesHash keccak256 of the chunk's 128 addresses
    /// @param amountsHash keccak256 of the chunk's amount vector in the active root
    /// @param paid the chunk's vector already paid; empty when it was never pushed or claimed from
    /// @param proof 7 siblings within the chunk, then the siblings above it
    struct Claim {
        uint256 index;
        address account;
        uint48 units;
        bytes32 addressesHash;
        bytes32 amountsHash;
        bytes paid;
        bytes32[] proof;
    }

    event RootProposed(
        uint64 indexed epoch, bytes32 indexed root, bytes32 prevRoot, uint256 totalUnits, bytes32 dataHash
    );
    event RootApproved(uint64 indexed epoch, bytes32 indexed root, uint256 activeFrom);
    event RootActivated(uint64 indexed epoch, bytes32 indexed root, uint256 totalUnits, uint256 claimsOpenAt);
    event RootVetoed(uint64 indexed epoch, bytes32 indexed root);
    /// @notice `units` were paid to payees of `chunkCount` chunks from `firstChunk` on. Who got what are the token's
    /// Transfer events from this contract in the same transaction.
    event BatchPaid(uint64 indexed epoch, uint256 indexed firstChunk, uint256 chunkCount, uint256 units);
    /// @notice `units` of a push could not be handed over; they stay owed.
    event PaymentFailed(uint256 indexed index, address indexed account, uint256 units);
    /// @notice A claim paid `units` of `account` to `recipient`.
    event Paid(uint256 indexed index, address indexed account, address recipient, uint256 units);
    event Funded(address indexed from, uint256 amount);
    event Swept(IERC20 indexed asset, address indexed to, uint256 amount);
    event BookWritten(bytes32 indexed addressesHash, address book);
    event PausedUntil(uint256 time);
    event Closed(uint256 sweepableFrom);
    event RolesChanged(address proposer, address approver, address guardian);
    event AdminProposed(address admin);
    event AdminChanged(address admin);
    event EpochLimitChanged(uint96 limit);

    error Unauthorized(address caller);
    error RolesMustDiffer();
    error InvalidConfig();
    error InvalidRoot();
    error WrongPrevRoot(bytes32 active);
    error WrongEpoch(uint64 active);
    error OverEpochLimit(uint256 limit);
    error TotalBelowPaid(uint256 paidUnits);
    error RootPending();
    error RootNotPending();
    error NotApproved();
    error TooEarly(uint256 notBefore);
    error Insolvent(uint256 balance, uint256 needed);
    error CampaignPaused(uint256 until);
    error CampaignClosed();
    /// @notice The given vector is not the one already paid: the batch was paid before, or something else was since.
    error StaleVector(uint256 chunk, bytes32 applied);
    error InvalidChunk(uint256 chunk);
    error InvalidGroup();
    error InvalidProof();
    /// @notice A transfer failed with so little gas left that the failure proves nothing against the payee.
    error LowGas();
    error OverTotal(uint256 paidUnits, uint256 totalUnits);
    error NothingDue();
    error TransferFee(uint256 received);
}
