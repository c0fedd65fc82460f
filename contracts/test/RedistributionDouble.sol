// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title RedistributionDouble
/// @notice What Redistribution of Swarm 0.9 shows of its game; who plays and wins is said from outside. For tests only.
/// @dev Views and events as in storage-incentives src/Redistribution.sol.
contract RedistributionDouble {
    struct Reveal {
        bytes32 overlay;
        address owner;
        uint8 depth;
        uint256 stake;
        uint256 stakeDensity;
        bytes32 hash;
    }

    event WinnerSelected(Reveal winner);
    event TruthSelected(bytes32 hash, uint8 depth);
    event CurrentRevealAnchor(uint256 roundNumber, bytes32 anchor);
    event Committed(uint256 roundNumber, bytes32 overlay, uint8 height);
    event Revealed(
        uint256 roundNumber,
        bytes32 overlay,
        uint256 stake,
        uint256 stakeDensity,
        bytes32 reserveCommitment,
        uint8 depth
    );

    uint256 private constant ROUND_LENGTH = 152;

    Reveal public winner;
    bytes32 public currentRoundAnchor;

    /// @notice Whose neighbourhood plays: that of this anchor.
    function setAnchor(bytes32 anchor) external {
        currentRoundAnchor = anchor;
    }

    function commit(bytes32 overlay, uint8 height) external {
        emit Committed(currentRound(), overlay, height);
    }

    function reveal(Reveal calldata revealed) external {
        emit CurrentRevealAnchor(currentRound(), currentRoundAnchor);
        emit Revealed(
            currentRound(),
            revealed.overlay,
            revealed.stake,
            revealed.stakeDensity,
            revealed.hash,
            revealed.depth
        );
    }

    function claim(Reveal calldata won) external {
        winner = won;
        emit TruthSelected(won.hash, won.depth);
        emit WinnerSelected(won);
    }

    function currentRound() public view returns (uint64) {
        return uint64(block.number / ROUND_LENGTH);
    }

    function currentPhaseCommit() external view returns (bool) {
        return block.number % ROUND_LENGTH < ROUND_LENGTH / 4;
    }

    function currentPhaseReveal() external view returns (bool) {
        uint256 within = block.number % ROUND_LENGTH;
        return within >= ROUND_LENGTH / 4 && within < ROUND_LENGTH / 2;
    }

    function currentPhaseClaim() external view returns (bool) {
        return block.number % ROUND_LENGTH >= ROUND_LENGTH / 2;
    }
}
