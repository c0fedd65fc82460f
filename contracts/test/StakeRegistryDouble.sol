// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title StakeRegistryDouble
/// @notice What StakeRegistry of Swarm 0.9 shows of stakes, with stakes that cost nothing. For tests only.
/// @dev Views, events and the making of overlays as in storage-incentives src/Staking.sol.
contract StakeRegistryDouble {
    struct Stake {
        bytes32 overlay;
        uint256 committedStake;
        uint256 potentialStake;
        uint256 lastUpdatedBlockNumber;
        uint8 height;
    }

    event StakeUpdated(
        address indexed owner,
        uint256 committedStake,
        uint256 potentialStake,
        bytes32 overlay,
        uint256 lastUpdatedBlock,
        uint8 height
    );
    event StakeFrozen(address frozen, bytes32 overlay, uint256 time);

    mapping(address owner => Stake) public stakes;
    uint64 public immutable NetworkId;

    constructor(uint64 networkId) {
        NetworkId = networkId;
    }

    function manageStake(bytes32 nonce, uint256 addAmount, uint8 height) external {
        stakeOf(msg.sender, nonce, addAmount, height);
    }

    /// @notice Stakes for somebody else, whose key need not pay for gas.
    function stakeOf(address owner, bytes32 nonce, uint256 addAmount, uint8 height) public {
        Stake storage stake = stakes[owner];
        stake.overlay = keccak256(abi.encodePacked(owner, reversed(NetworkId), nonce));
        stake.committedStake += addAmount;
        stake.potentialStake += addAmount;
        stake.lastUpdatedBlockNumber = block.number;
        stake.height = height;
        emit StakeUpdated(
            owner,
            stake.committedStake,
            stake.potentialStake,
            stake.overlay,
            block.number,
            height
        );
    }

    /// @notice What Redistribution does to whoever disagreed or did not reveal.
    function freezeDeposit(address owner, uint256 time) external {
        stakes[owner].lastUpdatedBlockNumber = block.number + time;
        emit StakeFrozen(owner, stakes[owner].overlay, time);
    }

    function nodeEffectiveStake(address owner) external view returns (uint256) {
        Stake storage stake = stakes[owner];
        return stake.lastUpdatedBlockNumber < block.number ? stake.committedStake : 0;
    }

    function overlayOfAddress(address owner) external view returns (bytes32) {
        return stakes[owner].overlay;
    }

    function heightOfAddress(address owner) external view returns (uint8) {
        return stakes[owner].height;
    }

    function lastUpdatedBlockNumberOfAddress(address owner) external view returns (uint256) {
        return stakes[owner].lastUpdatedBlockNumber;
    }

    /// @dev The network id enters overlays with its lowest byte first.
    function reversed(uint64 value) private pure returns (uint64 result) {
        for (uint256 i; i < 8; ++i) result |= ((value >> uint64(8 * i)) & 0xff) << uint64(56 - 8 * i);
    }
}
