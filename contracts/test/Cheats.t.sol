// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What the tests use of forge's cheat codes.
interface Vm {
    function prank(address sender) external;
    function warp(uint256 timestamp) external;
    function chainId(uint256 id) external;
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function addr(uint256 key) external pure returns (address);
    function assume(bool condition) external pure;
    function envBytes(string calldata name) external view returns (bytes memory);
}

/// @title Cheats
/// @notice The base of what runs in forge. The contracts under test are deployed from bytecode that the caller compiled,
/// so that the very code that ships is tested, and mutants of it without compiling the tests again.
abstract contract Cheats {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// @param name environment variable with the creation code
    function deploy(string memory name, bytes memory args) internal returns (address made) {
        bytes memory code = abi.encodePacked(vm.envBytes(name), args);
        assembly ("memory-safe") {
            made := create(0, add(code, 0x20), mload(code))
        }
        check(made != address(0), string.concat(name, " did not deploy"));
    }

    /// @dev A failed check fails the run, in handlers too (`fail_on_revert`).
    function check(bool holds, string memory what) internal pure {
        require(holds, what);
    }

    function equal(uint256 found, uint256 wanted, string memory what) internal pure {
        if (found != wanted) revert(string.concat(what, ": ", decimal(found), " instead of ", decimal(wanted)));
    }

    /// @notice Calls as `sender`; gives whether it succeeded.
    function attempt(address sender, address target, bytes memory data) internal returns (bool done) {
        vm.prank(sender);
        (done,) = target.call(data);
    }

    function decimal(uint256 value) internal pure returns (string memory text) {
        bytes memory digits = new bytes(78);
        uint256 position = 78;
        do {
            digits[--position] = bytes1(uint8(48 + value % 10));
            value /= 10;
        } while (value != 0);
        text = string(digits);
        assembly ("memory-safe") {
            let length := sub(78, position)
            text := add(text, position)
            mstore(text, length)
        }
    }
}
