// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title DisperseLoop
/// @notice The loop of disperse.app: takes the sum, then one checked transfer a payee. For comparison only.
contract DisperseLoop {
    function disperse(IERC20 token, address[] calldata payees, uint256[] calldata amounts) external {
        uint256 total = 0;
        for (uint256 i = 0; i < payees.length; i++) {
            total += amounts[i];
        }
        require(token.transferFrom(msg.sender, address(this), total));
        for (uint256 i = 0; i < payees.length; i++) {
            require(token.transfer(payees[i], amounts[i]));
        }
    }
}

/// @title LeanAirdrop
/// @notice As little as an airdrop can do: 26 bytes of calldata a payee, one call each, nothing remembered. It pays
/// twice when it is sent twice, and stops at the first payee that fails. For comparison only.
contract LeanAirdrop {
    address private immutable owner = msg.sender;
    address private immutable token;
    uint256 private immutable unitSize;

    constructor(address token_, uint256 unitSize_) {
        token = token_;
        unitSize = unitSize_;
    }

    /// @param payments 20 bytes of account and 6 bytes of units for each payee
    function drop(bytes calldata payments) external {
        require(msg.sender == owner);
        address asset = token;
        uint256 size = unitSize;
        assembly {
            mstore(0x00, shl(224, 0xa9059cbb)) // transfer(address,uint256)
            let end := add(payments.offset, payments.length)
            for { let at := payments.offset } lt(at, end) { at := add(at, 26) } {
                let word := calldataload(at)
                mstore(0x04, shr(96, word))
                mstore(0x24, mul(and(shr(48, word), 0xffffffffffff), size))
                if iszero(call(gas(), asset, 0, 0x00, 0x44, 0x60, 0x20)) { revert(0, 0) }
                if iszero(eq(mload(0x60), 1)) { revert(0, 0) }
            }
        }
    }
}
