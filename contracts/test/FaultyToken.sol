// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title FaultyToken
/// @notice A token that misbehaves towards chosen payees in every way a push must survive. For tests only.
contract FaultyToken is ERC20 {
    enum Fault {
        None,
        Revert,
        ReturnFalse,
        BurnGas,
        ReturnBomb,
        ReturnNothing,
        Reenter,
        KeepFee,
        Costly,
        Careful
    }

    mapping(address payee => Fault) public faults;
    bytes public reentry;

    constructor(uint256 supply, address holder) ERC20("Faulty", "FLT") {
        _mint(holder, supply);
    }

    function setFault(address payee, Fault fault) external {
        faults[payee] = fault;
    }

    /// @notice Calldata with which Reenter calls the sender of a transfer back.
    function setReentry(bytes calldata call) external {
        reentry = call;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        Fault fault = faults[to];
        if (fault == Fault.Revert) revert("blocked");
        if (fault == Fault.ReturnFalse) return false;
        if (fault == Fault.BurnGas) while (true) {}
        if (fault == Fault.ReturnBomb) {
            assembly ("memory-safe") {
                revert(0, 100000)
            }
        }
        if (fault == Fault.Costly) {
            uint256 start = gasleft();
            while (start - gasleft() < 900_000) {}
        }
        // gives up before it begins, and so leaves the sender gas that says nothing against the payee
        if (fault == Fault.Careful) require(gasleft() >= 900_000, "too little gas");
        if (fault == Fault.Reenter) {
            (bool done,) = msg.sender.call(reentry);
            require(done, "re-entry refused");
        }
        super.transfer(to, amount);
        if (fault == Fault.ReturnNothing) {
            assembly ("memory-safe") {
                return(0, 0)
            }
        }
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        super.transferFrom(from, to, amount);
        if (faults[to] == Fault.KeepFee) _burn(to, amount / 100);
        return true;
    }
}
