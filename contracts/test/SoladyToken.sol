// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/src/tokens/ERC20.sol";

/// @title SoladyToken
/// @notice solady's ERC-20 with a fixed supply: the second token whose payments are measured. For tests only.
contract SoladyToken is ERC20 {
    constructor(uint256 supply, address holder) {
        _mint(holder, supply);
    }

    function name() public pure override returns (string memory) {
        return "Solady";
    }

    function symbol() public pure override returns (string memory) {
        return "SLD";
    }
}
