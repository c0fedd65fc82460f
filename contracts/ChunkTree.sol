// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @title ChunkTree
/// @notice Hashing of the payout tree.
///
/// leaf   = keccak256(account (20 bytes) ‖ cumulative units (6 bytes))
/// chunk  = keccak256(keccak256(128 accounts) ‖ keccak256(128 amounts) ‖ root of a binary tree over the 128 leaves)
/// above  = keccak256(left ‖ right), by position; places without a chunk are zero
///
/// The three kinds of node have preimages of 26, 96 and 64 bytes, so none can pass for another.
library ChunkTree {
    uint256 internal constant CHUNK = 128;
    uint256 internal constant LEAF_LEVELS = 7;
    uint256 internal constant ADDRESS_BYTES = 20 * CHUNK;
    uint256 internal constant AMOUNT_BYTES = 6 * CHUNK;

    /// @notice The node of one payee.
    function leaf(address account, uint48 units) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(account, units));
    }

    /// @notice The node of a chunk.
    function chunkNode(bytes32 addressesHash, bytes32 amountsHash, bytes32 leavesRoot)
        internal
        pure
        returns (bytes32 node)
    {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, addressesHash)
            mstore(add(free, 0x20), amountsHash)
            mstore(add(free, 0x40), leavesRoot)
            node := keccak256(free, 0x60)
        }
    }

    /// @notice Climbs `levels` of the proof, from sibling `from` on, starting at `position`.
    function climb(bytes32 node, uint256 position, bytes32[] calldata proof, uint256 from, uint256 levels)
        internal
        pure
        returns (bytes32)
    {
        for (uint256 i = 0; i < levels; ++i) {
            bytes32 sibling = proof[from + i];
            node = (position >> i) & 1 == 0
                ? Hashes.efficientKeccak256(node, sibling)
                : Hashes.efficientKeccak256(sibling, node);
        }
        return node;
    }

    /// @notice Root of a full, aligned group of chunk nodes: folds `nodes` in place. Their number is a power of two.
    function fold(bytes32[] memory nodes) internal pure returns (bytes32) {
        for (uint256 width = nodes.length; width > 1; width >>= 1) {
            for (uint256 i = 0; i < width; i += 2) {
                nodes[i >> 1] = Hashes.efficientKeccak256(nodes[i], nodes[i + 1]);
            }
        }
        return nodes[0];
    }
}
