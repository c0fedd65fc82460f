// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Chequebook} from "./Chequebook.sol";

/// @title ChequebookFactory
/// @notice Makes chequebooks for one token as small clones (EIP-1167) and remembers which are its own: a beneficiary that
/// knows the factory need not read a chequebook's code. The interface of Swarm's SimpleSwapFactory.
contract ChequebookFactory {
    event SimpleSwapDeployed(address contractAddress);

    /// @notice The token of all chequebooks made here.
    address public immutable ERC20Address;
    /// @notice The code behind the clones; nobody's own chequebook.
    address public immutable master;
    /// @notice Whether a chequebook was made here.
    mapping(address chequebook => bool) public deployedContracts;

    constructor(address token) {
        ERC20Address = token;
        master = address(new Chequebook());
    }

    /// @notice Deploys a chequebook. Open to anybody, for any issuer; the address depends on caller and salt alone.
    function deploySimpleSwap(address issuer, uint256 defaultHardDepositTimeoutDuration, bytes32 salt)
        external
        returns (address chequebook)
    {
        chequebook = Clones.cloneDeterministic(master, _ownSalt(msg.sender, salt));
        deployedContracts[chequebook] = true;
        emit SimpleSwapDeployed(chequebook);
        Chequebook(chequebook).init(issuer, ERC20Address, defaultHardDepositTimeoutDuration);
    }

    /// @notice The address `deploySimpleSwap` gives to this caller.
    function predict(address deployer, bytes32 salt) external view returns (address) {
        return Clones.predictDeterministicAddress(master, _ownSalt(deployer, salt));
    }

    function _ownSalt(address deployer, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(deployer, salt));
    }
}
