// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title PostageStampDouble
/// @notice What PostageStamp of Swarm 0.9 shows of batches, which cost nothing here. For tests only.
/// @dev Views and events as in storage-incentives src/PostageStamp.sol.
contract PostageStampDouble {
    struct Batch {
        address owner;
        uint8 depth;
        uint8 bucketDepth;
        bool immutableFlag;
        uint256 normalisedBalance;
        uint256 lastUpdatedBlockNumber;
    }

    event BatchCreated(
        bytes32 indexed batchId,
        uint256 totalAmount,
        uint256 normalisedBalance,
        address owner,
        uint8 depth,
        uint8 bucketDepth,
        bool immutableFlag
    );

    mapping(bytes32 id => Batch) public batches;
    uint256 public currentTotalOutPayment;

    function createBatch(bytes32 id, address owner, uint8 depth, uint8 bucketDepth) external {
        uint256 balance = currentTotalOutPayment + 1_000_000;
        batches[id] = Batch(owner, depth, bucketDepth, true, balance, block.number);
        emit BatchCreated(id, balance << depth, balance, owner, depth, bucketDepth, true);
    }

    /// @notice Batches whose balance is not above this are dead.
    function setTotalOutPayment(uint256 amount) external {
        currentTotalOutPayment = amount;
    }
}
