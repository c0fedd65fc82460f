// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPayoutCampaign} from "../IPayoutCampaign.sol";

/// @notice The functions of PayoutCampaign. Deployed from bytecode, so only its shape is needed here.
interface Campaign is IPayoutCampaign {
    function propose(uint64 epoch, bytes32 prevRoot, bytes32 newRoot, uint96 totalUnits, bytes32 dataHash) external;
    function approve(uint64 epoch, bytes32 newRoot, uint96 totalUnits, bytes32 dataHash) external;
    function activate(bytes32 newRoot) external;
    function veto(bytes32 badRoot) external;
    function pause() external;
    function unpause() external;
    function close() external;
    function pushGroup(uint256 firstChunk, ChunkPush[] calldata chunks, bytes32[] calldata proof) external;
    function pushGroupBook(uint256 firstChunk, BookPush[] calldata chunks, bytes32[] calldata proof) external;
    function writeBook(bytes calldata addresses) external returns (address book);
    function claim(Claim calldata proof) external;
    function claimTo(Claim calldata proof, address recipient) external;
    function fund(uint256 amount) external;
    function sweep(IERC20 asset, address to) external returns (uint256 amount);
    function reserved() external view returns (uint256);
    function applied(uint256 chunk) external view returns (bytes32);
    function root() external view returns (bytes32);
    function totals() external view returns (uint96 totalUnits, uint96 paidUnits, uint64 epoch);
    function claimsOpenAt() external view returns (uint64);
    function pausedUntil() external view returns (uint64);
    function closedAt() external view returns (uint64);
}
