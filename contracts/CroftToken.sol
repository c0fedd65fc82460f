// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title CroftToken
/// @notice A plain ERC-20 with 18 decimals and a fixed supply, for the demo and the tests. Nobody can mint more.
contract CroftToken is ERC20 {
    /// @param name_ the token's name
    /// @param symbol_ the token's symbol
    /// @param supply base units minted, once
    /// @param holder who receives them
    constructor(string memory name_, string memory symbol_, uint256 supply, address holder) ERC20(name_, symbol_) {
        _mint(holder, supply);
    }
}
