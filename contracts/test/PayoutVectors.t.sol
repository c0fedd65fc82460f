// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title PayoutVectors
/// @notice Payout trees of a few chunks, built a second time and differently from libs/settlement and ChunkTree.sol:
/// trees are heaps (node 1 is the root, node n has the children 2n and 2n + 1).
library PayoutVectors {
    uint256 internal constant CHUNK = 128;

    struct Chunk {
        bytes addresses;
        bytes amounts;
    }

    function empty() internal pure returns (Chunk memory) {
        return Chunk(new bytes(20 * CHUNK), new bytes(6 * CHUNK));
    }

    /// @param place 0 … 127
    function set(Chunk memory chunk, uint256 place, address account, uint48 units) internal pure {
        write(chunk.addresses, 20 * place, 20, uint160(account));
        write(chunk.amounts, 6 * place, 6, units);
    }

    function write(bytes memory target, uint256 from, uint256 length, uint256 value) private pure {
        for (uint256 i = length; i > 0; --i) {
            target[from + i - 1] = bytes1(uint8(value));
            value >>= 8;
        }
    }

    /// @return nodes the heap over the chunk's leaves
    function leafTree(Chunk memory chunk) internal pure returns (bytes32[] memory nodes) {
        nodes = new bytes32[](2 * CHUNK);
        bytes memory addresses = chunk.addresses;
        bytes memory amounts = chunk.amounts;
        for (uint256 i = 0; i < CHUNK; ++i) {
            bytes32 node;
            assembly ("memory-safe") {
                mstore(0x00, mload(add(add(addresses, 0x20), mul(i, 20))))
                mstore(0x14, mload(add(add(amounts, 0x20), mul(i, 6))))
                node := keccak256(0x00, 26)
            }
            nodes[CHUNK + i] = node;
        }
        fill(nodes);
    }

    /// @notice Computes the inner nodes of a heap from its lower half.
    function fill(bytes32[] memory nodes) internal pure {
        for (uint256 i = nodes.length / 2 - 1; i > 0; --i) {
            bytes32 left = nodes[2 * i];
            bytes32 right = nodes[2 * i + 1];
            assembly ("memory-safe") {
                mstore(0x00, left)
                mstore(0x20, right)
                left := keccak256(0x00, 0x40)
            }
            nodes[i] = left;
        }
    }

    function chunkNode(Chunk memory chunk) internal pure returns (bytes32) {
        return keccak256(
            abi.encodePacked(keccak256(chunk.addresses), keccak256(chunk.amounts), leafTree(chunk)[1])
        );
    }

    /// @notice Siblings from heap node `node` up to the root.
    function siblings(bytes32[] memory nodes, uint256 node) internal pure returns (bytes32[] memory proof) {
        uint256 levels = 0;
        for (uint256 i = node; i > 1; i >>= 1) ++levels;
        proof = new bytes32[](levels);
        for (uint256 i = 0; i < levels; ++i) {
            proof[i] = nodes[node ^ 1];
            node >>= 1;
        }
    }

    function join(bytes32[] memory first, bytes32[] memory second) internal pure returns (bytes32[] memory all) {
        all = new bytes32[](first.length + second.length);
        for (uint256 i = 0; i < first.length; ++i) all[i] = first[i];
        for (uint256 i = 0; i < second.length; ++i) all[first.length + i] = second[i];
    }
}
