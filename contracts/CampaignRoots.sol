// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IPayoutCampaign} from "./IPayoutCampaign.sol";

/// @title CampaignRoots
/// @notice Which root counts, and who may change it: four different keys, so that no single one can move money.
/// A proposer posts a root, an approver who recomputed it agrees, a guardian may void it during the delay, and
/// then anybody may activate it, provided the contract holds what it owes.
abstract contract CampaignRoots is IPayoutCampaign, ReentrancyGuardTransient {
    /// @notice A pause ends by itself, so that payees can claim although the operator has vanished.
    uint256 public constant MAX_PAUSE = 30 days;
    uint256 private constant MIN_TRANSFER_GAS = 50_000;
    uint256 private constant MAX_TRANSFER_GAS = 1_000_000;

    IERC20 public immutable token;
    /// @dev `token` as a bare word: the paying loop would clean the address again for every payee.
    uint256 internal immutable tokenWord;
    uint256 public immutable unitSize;
    uint256 public immutable activationDelay;
    uint256 public immutable claimDelay;
    uint256 public immutable closeGrace;
    uint256 public immutable transferGas;

    /// @notice The active root; zero before the first activation.
    bytes32 public root;
    /// @notice Hash of the published bundle behind the active root.
    bytes32 public dataHash;
    /// @notice Totals and epoch of the active root, and all units paid so far.
    Totals public totals;
    /// @notice From this time on payees may claim by themselves.
    uint64 public claimsOpenAt;
    uint64 public pausedUntil;
    /// @notice When the campaign was closed; 0 while open.
    uint64 public closedAt;
    Pending public pending;

    uint96 public epochLimit;
    address public admin;
    address public pendingAdmin;
    address public proposer;
    address public approver;
    address public guardian;

    modifier only(address role) {
        require(msg.sender == role, Unauthorized(msg.sender));
        _;
    }

    modifier whenNotPaused() {
        require(block.timestamp >= pausedUntil, CampaignPaused(pausedUntil));
        _;
    }

    constructor(Config memory config) {
        require(
            address(config.token).code.length > 0 && config.unitSize > 0 && config.unitSize <= type(uint128).max
                && config.transferGas >= MIN_TRANSFER_GAS && config.transferGas <= MAX_TRANSFER_GAS,
            InvalidConfig()
        );
        token = config.token;
        tokenWord = uint256(uint160(address(config.token)));
        unitSize = config.unitSize;
        activationDelay = config.activationDelay;
        claimDelay = config.claimDelay;
        closeGrace = config.closeGrace;
        transferGas = config.transferGas;
        epochLimit = config.epochLimit;
        admin = config.admin;
        _setRoles(config.admin, config.proposer, config.approver, config.guardian);
        emit EpochLimitChanged(config.epochLimit);
        emit AdminChanged(config.admin);
    }

    /// @notice Posts a root. Replaces a pending one that nobody has approved yet.
    /// @param epoch any number above the active epoch
    /// @param prevRoot the active root the amounts were computed on; must still be active
    /// @param newRoot root over all cumulative amounts
    /// @param totalUnits most that may ever have been paid under it: the sum over all payees of the larger of their
    /// new amount and what they have been paid already
    /// @param newDataHash hash of the published bundle
    function propose(uint64 epoch, bytes32 prevRoot, bytes32 newRoot, uint96 totalUnits, bytes32 newDataHash)
        external
        only(proposer)
    {
        require(closedAt == 0, CampaignClosed());
        require(pending.approvedAt == 0, RootPending());
        require(newRoot != 0, InvalidRoot());
        require(prevRoot == root, WrongPrevRoot(root));
        require(epoch > totals.epoch, WrongEpoch(totals.epoch));
        _checkTotal(totalUnits);
        pending = Pending(newRoot, newDataHash, totalUnits, epoch, 0);
        emit RootProposed(epoch, newRoot, prevRoot, totalUnits, newDataHash);
    }

    /// @notice Agrees to exactly the pending root with these values.
    function approve(uint64 epoch, bytes32 newRoot, uint96 totalUnits, bytes32 newDataHash)
        external
        only(approver)
    {
        Pending storage next = pending;
        require(
            newRoot != 0 && next.root == newRoot && next.epoch == epoch && next.totalUnits == totalUnits
                && next.dataHash == newDataHash && next.approvedAt == 0,
            RootNotPending()
        );
        next.approvedAt = uint64(block.timestamp);
        emit RootApproved(epoch, newRoot, block.timestamp + activationDelay);
    }

    /// @notice Makes the approved root the active one. Open to anybody once the delay has passed, also while paused
    /// (it moves no token, and a correcting root must be able to take over from a bad one before payments resume).
    function activate(bytes32 newRoot) external nonReentrant {
        Pending memory next = pending;
        require(closedAt == 0, CampaignClosed());
        require(newRoot != 0 && next.root == newRoot, RootNotPending());
        require(next.approvedAt != 0, NotApproved());
        uint256 notBefore = next.approvedAt + activationDelay;
        require(block.timestamp >= notBefore, TooEarly(notBefore));
        _checkTotal(next.totalUnits);
        uint256 needed = (next.totalUnits - totals.paidUnits) * unitSize;
        uint256 balance = token.balanceOf(address(this));
        require(balance >= needed, Insolvent(balance, needed));

        root = newRoot;
        dataHash = next.dataHash;
        totals.totalUnits = next.totalUnits;
        totals.epoch = next.epoch;
        _moveClaimWindow();
        delete pending;
        emit RootActivated(next.epoch, newRoot, next.totalUnits, claimsOpenAt);
    }

    /// @notice Voids the pending root, approved or not.
    function veto(bytes32 badRoot) external {
        require(msg.sender == guardian || msg.sender == admin, Unauthorized(msg.sender));
        require(badRoot != 0 && pending.root == badRoot, RootNotPending());
        _dropPending();
    }

    /// @notice Stops pushes and claims for `MAX_PAUSE` at most; may be renewed.
    function pause() external {
        require(msg.sender == guardian || msg.sender == admin, Unauthorized(msg.sender));
        pausedUntil = uint64(block.timestamp + MAX_PAUSE);
        emit PausedUntil(pausedUntil);
    }

    /// @notice Ends a pause. Not for the guardian, who can stop but not start.
    function unpause() external only(admin) {
        pausedUntil = 0;
        emit PausedUntil(0);
    }

    function paused() external view returns (bool) {
        return block.timestamp < pausedUntil;
    }

    /// @notice No more roots. What is owed stays payable; after `closeGrace` the rest may be swept.
    function close() external only(admin) {
        require(closedAt == 0, CampaignClosed());
        _dropPending();
        closedAt = uint64(block.timestamp);
        emit Closed(block.timestamp + closeGrace);
    }

    /// @notice Replaces the three working keys. A pending root of the old keys is void.
    function setRoles(address newProposer, address newApprover, address newGuardian) external only(admin) {
        _dropPending();
        _setRoles(admin, newProposer, newApprover, newGuardian);
    }

    function setEpochLimit(uint96 limit) external only(admin) {
        epochLimit = limit;
        emit EpochLimitChanged(limit);
    }

    /// @notice First of two steps; the new admin has to accept.
    function proposeAdmin(address newAdmin) external only(admin) {
        pendingAdmin = newAdmin;
        emit AdminProposed(newAdmin);
    }

    function acceptAdmin() external only(pendingAdmin) {
        admin = msg.sender;
        pendingAdmin = address(0);
        _setRoles(msg.sender, proposer, approver, guardian);
        emit AdminChanged(msg.sender);
    }

    /// @dev Claims open `claimDelay` after an activation, so that pushes go first and do not race them. With roots
    /// following each other faster than that they would never open; so an activation closes them only after they
    /// have been open for as long as they were closed.
    function _moveClaimWindow() private {
        if (block.timestamp >= uint256(claimsOpenAt) + claimDelay) claimsOpenAt = uint64(block.timestamp + claimDelay);
    }

    function _checkTotal(uint96 totalUnits) private view {
        Totals memory now_ = totals;
        require(totalUnits >= now_.paidUnits, TotalBelowPaid(now_.paidUnits));
        require(totalUnits <= uint256(now_.totalUnits) + epochLimit, OverEpochLimit(epochLimit));
    }

    function _dropPending() private {
        if (pending.root == 0) return;
        emit RootVetoed(pending.epoch, pending.root);
        delete pending;
    }

    function _setRoles(address admin_, address newProposer, address newApprover, address newGuardian) private {
        require(
            admin_ != address(0) && newProposer != address(0) && newApprover != address(0)
                && newGuardian != address(0) && admin_ != newProposer && admin_ != newApprover
                && admin_ != newGuardian && newProposer != newApprover && newProposer != newGuardian
                && newApprover != newGuardian,
            RolesMustDiffer()
        );
        proposer = newProposer;
        approver = newApprover;
        guardian = newGuardian;
        emit RolesChanged(newProposer, newApprover, newGuardian);
    }
}
