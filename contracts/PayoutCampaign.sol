// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SSTORE2} from "solady/src/utils/SSTORE2.sol";
import {CampaignRoots} from "./CampaignRoots.sol";
import {ChunkTree} from "./ChunkTree.sol";

/// @title PayoutCampaign
/// @notice Pays one token to the contributors of one campaign. Every contributor has a stable index; 128 indices are
/// a chunk; amounts are cumulative, in units of `unitSize` base units, six bytes each.
///
/// `applied[chunk]` remembers the hash of the amounts already paid. A push presents that vector and the one in the
/// active root and pays the differences: a batch that was paid already no longer matches and reverts at its first
/// check, whatever the sender retried. A payee whose transfer fails keeps the old amount and stops nobody.
contract PayoutCampaign is CampaignRoots {
    using SafeERC20 for IERC20;

    /// @dev keccak256("PaymentFailed(uint256,address,uint256)")
    uint256 private constant PAYMENT_FAILED = 0xc59e4f25b80f1d1d5ef1220f64a011a790cb5d0a9e0f9ce6d92b0490b02fd71f;
    /// @dev A failed transfer counts against the payee only when this much gas beyond `transferGas` is left, which
    /// proves that the call was given its full allowance (a caller keeps 1/64, EIP-150).
    uint256 private constant GAS_MARGIN = 50_000;
    /// @dev Memory of one chunk in a push: 128 addresses, 128 amounts, and the word that ends them.
    uint256 private constant BLOCK_BYTES = ChunkTree.ADDRESS_BYTES + ChunkTree.AMOUNT_BYTES + 32;

    /// @notice Hash of the amount vector already paid, per chunk; zero before the first payment.
    mapping(uint256 chunk => bytes32) public applied;

    constructor(Config memory config) CampaignRoots(config) {}

    /// @notice Pays a group of whole chunks what the active root owes them beyond what they were paid. Open to all.
    /// @param firstChunk index of the first chunk, a multiple of the number of chunks
    /// @param chunks 1, 2, 4, … neighbouring chunks
    /// @param proof siblings from the group's node up to the root
    function pushGroup(uint256 firstChunk, ChunkPush[] calldata chunks, bytes32[] calldata proof)
        external
        nonReentrant
        whenNotPaused
    {
        uint256 count = chunks.length;
        for (uint256 i = 0; i < count; ++i) {
            _requirePaid(firstChunk + i, chunks[i].paid);
        }
        (uint256 memory_, bytes32[] memory nodes, bytes32[] memory hashes) = _reserve(count);
        for (uint256 i = 0; i < count; ++i) {
            ChunkPush calldata part = chunks[i];
            bytes calldata addresses = part.addresses;
            require(addresses.length == ChunkTree.ADDRESS_BYTES, InvalidChunk(firstChunk + i));
            uint256 chunkAt = memory_ + i * BLOCK_BYTES;
            assembly ("memory-safe") {
                calldatacopy(chunkAt, addresses.offset, addresses.length)
            }
            (nodes[i], hashes[i]) = _load(firstChunk + i, chunkAt, part.amounts, part.leavesRoot);
        }
        _requireInRoot(firstChunk, nodes, proof);
        uint256 units = 0;
        for (uint256 i = 0; i < count; ++i) {
            units += _payChunk(firstChunk + i, memory_ + i * BLOCK_BYTES, chunks[i].paid, hashes[i], chunks[i].skip);
        }
        _record(firstChunk, count, units);
    }

    /// @notice As `pushGroup`, with the addresses read from books instead of calldata.
    function pushGroupBook(uint256 firstChunk, BookPush[] calldata chunks, bytes32[] calldata proof)
        external
        nonReentrant
        whenNotPaused
    {
        uint256 count = chunks.length;
        for (uint256 i = 0; i < count; ++i) {
            _requirePaid(firstChunk + i, chunks[i].paid);
        }
        (uint256 memory_, bytes32[] memory nodes, bytes32[] memory hashes) = _reserve(count);
        for (uint256 i = 0; i < count; ++i) {
            BookPush calldata part = chunks[i];
            address book = part.book;
            uint256 chunkAt = memory_ + i * BLOCK_BYTES;
            uint256 length = ChunkTree.ADDRESS_BYTES;
            assembly ("memory-safe") {
                extcodecopy(book, chunkAt, 1, length) // byte 0 is STOP, so that a book cannot be called
            }
            (nodes[i], hashes[i]) = _load(firstChunk + i, chunkAt, part.amounts, part.leavesRoot);
        }
        _requireInRoot(firstChunk, nodes, proof);
        uint256 units = 0;
        for (uint256 i = 0; i < count; ++i) {
            units += _payChunk(firstChunk + i, memory_ + i * BLOCK_BYTES, chunks[i].paid, hashes[i], chunks[i].skip);
        }
        _record(firstChunk, count, units);
    }

    /// @notice Stores a chunk's 128 addresses once, as the code of a contract, for `pushGroupBook`.
    function writeBook(bytes calldata addresses) external returns (address book) {
        require(addresses.length == ChunkTree.ADDRESS_BYTES, InvalidChunk(0));
        book = SSTORE2.write(addresses);
        emit BookWritten(keccak256(addresses), book);
    }

    /// @notice Pays one payee what the active root owes it. The way out for whoever is not pushed to: open to anybody
    /// from `claimsOpenAt` on, and the money goes to the account in the root.
    function claim(Claim calldata proof) external {
        _claim(proof, proof.account);
    }

    /// @notice As `claim`, paid to another address; only for the account itself (e.g. when the token blocks it).
    function claimTo(Claim calldata proof, address recipient) external only(proof.account) {
        _claim(proof, recipient);
    }

    /// @notice Takes tokens in and refuses a token that keeps a part of what is transferred.
    function fund(uint256 amount) external nonReentrant {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - before;
        require(received == amount, TransferFee(received));
        emit Funded(msg.sender, amount);
    }

    /// @notice Base units the contract must keep: owed under the active root, or under the pending one if more.
    function reserved() public view returns (uint256) {
        if (closedAt != 0 && block.timestamp >= closedAt + closeGrace) return 0;
        uint256 total = totals.totalUnits > pending.totalUnits ? totals.totalUnits : pending.totalUnits;
        return (total - totals.paidUnits) * unitSize;
    }

    /// @notice Sends away what is not reserved: surplus of the token, or any other token that got here.
    function sweep(IERC20 asset, address to) external nonReentrant only(admin) returns (uint256 amount) {
        amount = asset.balanceOf(address(this));
        if (address(asset) == address(token)) {
            uint256 keep = reserved();
            require(amount > keep, Insolvent(amount, keep));
            amount -= keep;
        }
        asset.safeTransfer(to, amount);
        emit Swept(asset, to, amount);
    }

    function _claim(Claim calldata proof, address recipient) private nonReentrant whenNotPaused {
        require(block.timestamp >= claimsOpenAt, TooEarly(claimsOpenAt));
        uint256 chunk = proof.index / ChunkTree.CHUNK;
        _requirePaid(chunk, proof.paid);
        _requireClaimInRoot(chunk, proof);

        uint256 place = (proof.index % ChunkTree.CHUNK) * 6;
        bytes memory vector = proof.paid.length == 0 ? new bytes(ChunkTree.AMOUNT_BYTES) : proof.paid;
        uint256 before;
        uint48 amount = proof.units;
        assembly ("memory-safe") {
            before := shr(208, mload(add(add(vector, 0x20), place)))
            let target := add(add(vector, 0x06), place) // the six bytes end a word that begins 26 before them
            mstore(target, or(shl(48, shr(48, mload(target))), amount))
        }
        require(amount > before, NothingDue());
        uint256 units = amount - before;
        applied[chunk] = keccak256(vector);
        _addPaid(units);
        emit Paid(proof.index, proof.account, recipient, units);
        token.safeTransfer(recipient, units * unitSize);
    }

    function _requireClaimInRoot(uint256 chunk, Claim calldata proof) private view {
        uint256 levels = proof.proof.length;
        require(levels >= ChunkTree.LEAF_LEVELS && levels < 256, InvalidProof());
        uint256 above = levels - ChunkTree.LEAF_LEVELS;
        bytes32 node = ChunkTree.climb(
            ChunkTree.leaf(proof.account, proof.units), proof.index, proof.proof, 0, ChunkTree.LEAF_LEVELS
        );
        node = ChunkTree.chunkNode(proof.addressesHash, proof.amountsHash, node);
        node = ChunkTree.climb(node, chunk, proof.proof, ChunkTree.LEAF_LEVELS, above);
        // without the last check index + 2^levels would prove the same leaf and be paid again
        require(root != 0 && node == root && chunk >> above == 0, InvalidProof());
    }

    /// @dev The compare of the compare-and-swap.
    function _requirePaid(uint256 chunk, bytes calldata paid) private view {
        bytes32 stored = applied[chunk];
        if (stored == 0) require(paid.length == 0, StaleVector(chunk, stored));
        else require(paid.length == ChunkTree.AMOUNT_BYTES && keccak256(paid) == stored, StaleVector(chunk, stored));
    }

    function _reserve(uint256 count)
        private
        pure
        returns (uint256 memory_, bytes32[] memory nodes, bytes32[] memory hashes)
    {
        require(count > 0 && count & (count - 1) == 0, InvalidGroup());
        nodes = new bytes32[](count);
        hashes = new bytes32[](count);
        uint256 blockBytes = BLOCK_BYTES;
        assembly ("memory-safe") {
            memory_ := mload(0x40)
            mstore(0x40, add(memory_, mul(count, blockBytes)))
        }
    }

    /// @dev Copies the amounts behind the addresses at `chunkAt` and hashes both.
    function _load(uint256 chunk, uint256 chunkAt, bytes calldata amounts, bytes32 leavesRoot)
        private
        pure
        returns (bytes32 node, bytes32 amountsHash)
    {
        require(amounts.length == ChunkTree.AMOUNT_BYTES, InvalidChunk(chunk));
        bytes32 addressesHash;
        uint256 addressBytes = ChunkTree.ADDRESS_BYTES;
        assembly ("memory-safe") {
            calldatacopy(add(chunkAt, addressBytes), amounts.offset, amounts.length)
            addressesHash := keccak256(chunkAt, addressBytes)
            amountsHash := keccak256(add(chunkAt, addressBytes), amounts.length)
        }
        node = ChunkTree.chunkNode(addressesHash, amountsHash, leavesRoot);
    }

    function _requireInRoot(uint256 firstChunk, bytes32[] memory nodes, bytes32[] calldata proof) private view {
        uint256 count = nodes.length;
        require(firstChunk % count == 0, InvalidGroup());
        require(proof.length < 256, InvalidProof());
        uint256 position = firstChunk / count;
        bytes32 node = ChunkTree.climb(ChunkTree.fold(nodes), position, proof, 0, proof.length);
        // without the last check chunk + 2^levels would prove the same amounts and be paid again
        require(root != 0 && node == root && position >> proof.length == 0, InvalidProof());
    }

    /// @dev Swaps the stored vector, then pays the differences of one chunk. Payees that fail, are skipped, or would
    /// be lowered keep their old amount in the stored vector; lowering it would let a later root pay them twice.
    function _payChunk(uint256 chunk, uint256 chunkAt, bytes calldata paid, bytes32 amountsHash, uint128 skip)
        private
        returns (uint256 units)
    {
        applied[chunk] = amountsHash;
        uint256 amountsAt = chunkAt + ChunkTree.ADDRESS_BYTES;
        uint256 oldAt; // calldata position of the old vector; past the end of calldata everything reads as zero
        assembly ("memory-safe") {
            oldAt := paid.offset
            if iszero(paid.length) { oldAt := calldatasize() }
        }
        bool changed = skip != 0;
        if (changed) _keepOld(amountsAt, oldAt, skip);
        bool kept;
        (units, kept) = _payDifferences(chunk * ChunkTree.CHUNK, chunkAt, oldAt);
        if (changed || kept) {
            bytes32 vectorHash;
            uint256 amountBytes = ChunkTree.AMOUNT_BYTES;
            assembly ("memory-safe") {
                vectorHash := keccak256(amountsAt, amountBytes)
            }
            applied[chunk] = vectorHash;
        }
    }

    function _keepOld(uint256 amountsAt, uint256 oldAt, uint128 skip) private pure {
        assembly ("memory-safe") {
            for { let i := 0 } lt(i, 128) { i := add(i, 1) } {
                if and(shr(i, skip), 1) { calldatacopy(add(amountsAt, mul(i, 6)), add(oldAt, mul(i, 6)), 6) }
            }
        }
    }

    /// @dev The hot loop: about 270 gas a payee beside the token's own code. `chunkAt` is the memory of addresses and
    /// amounts. Words 0x00-0x43 are the call's input, 0x60 its output and the failure event's data; both are put back.
    function _payDifferences(uint256 firstIndex, uint256 chunkAt, uint256 oldAt)
        private
        returns (uint256 units, bool kept)
    {
        uint256 asset = tokenWord;
        uint256 size = unitSize;
        uint256 gasCap = transferGas;
        assembly ("memory-safe") {
            let free := mload(0x40)
            let amountAt := add(chunkAt, 2560)
            let end := add(amountAt, 768)
            mstore(end, 0) // an amount of zero is never due: only there the loop has to look whether it is at the end
            mstore(0x00, shl(224, 0xa9059cbb)) // transfer(address,uint256)
            for {} 1 {} {
                let due := sub(shr(208, mload(amountAt)), shr(208, calldataload(oldAt)))
                if iszero(sgt(due, 0)) {
                    if eq(amountAt, end) { break }
                    if due {
                        let rest := shr(48, shl(48, mload(amountAt)))
                        mstore(amountAt, or(shl(208, shr(208, calldataload(oldAt))), rest))
                        mstore(end, 1)
                    }
                    amountAt := add(amountAt, 6)
                    oldAt := add(oldAt, 6)
                    chunkAt := add(chunkAt, 20)
                    continue
                }
                mstore(0x10, mload(chunkAt)) // 20 bytes of account behind 12 of zero; the amount covers the rest
                mstore(0x24, mul(due, size))
                let done := call(gasCap, asset, 0, 0x00, 0x44, 0x60, 0x20)
                // paid: returned true, or returned nothing (older tokens; the asset has code, see constructor)
                if iszero(and(done, and(eq(mload(0x60), 1), gt(returndatasize(), 31)))) {
                    if or(iszero(done), returndatasize()) {
                        if lt(gas(), add(gasCap, GAS_MARGIN)) {
                            mstore(0x00, 0x4a48966d) // LowGas()
                            revert(0x1c, 0x04)
                        }
                        mstore(0x60, due)
                        let index := add(firstIndex, sub(128, div(sub(end, amountAt), 6)))
                        log3(0x60, 0x20, PAYMENT_FAILED, index, shr(96, mload(chunkAt)))
                        let rest := shr(48, shl(48, mload(amountAt)))
                        mstore(amountAt, or(shl(208, shr(208, calldataload(oldAt))), rest))
                        mstore(end, 1)
                        due := 0
                    }
                }
                units := add(units, due)
                amountAt := add(amountAt, 6)
                oldAt := add(oldAt, 6)
                chunkAt := add(chunkAt, 20)
            }
            kept := mload(end)
            mstore(0x40, free)
            mstore(0x60, 0)
        }
    }

    function _record(uint256 firstChunk, uint256 count, uint256 units) private {
        _addPaid(units);
        emit BatchPaid(totals.epoch, firstChunk, count, units);
    }

    function _addPaid(uint256 units) private {
        uint256 sum = totals.paidUnits + units;
        require(sum <= totals.totalUnits, OverTotal(sum, totals.totalUnits));
        // casting to uint96 is safe: sum <= totalUnits, which is a uint96
        totals.paidUnits = uint96(sum);
    }
}
