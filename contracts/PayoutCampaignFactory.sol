// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPayoutCampaign} from "./IPayoutCampaign.sol";
import {PayoutCampaign} from "./PayoutCampaign.sol";

/// @title PayoutCampaignFactory
/// @notice Makes campaigns at addresses known beforehand (CREATE2 over salt and configuration), so that a campaign can
/// be announced and funded before it is deployed, and a repeated deployment changes nothing.
contract PayoutCampaignFactory {
    event CampaignCreated(address indexed campaign, address indexed token, bytes32 salt);

    /// @notice Deploys the campaign, or returns it when it is there already.
    function create(bytes32 salt, IPayoutCampaign.Config calldata config) external returns (address campaign) {
        campaign = predict(salt, config);
        if (campaign.code.length > 0) return campaign;
        campaign = address(new PayoutCampaign{salt: salt}(config));
        emit CampaignCreated(campaign, address(config.token), salt);
    }

    /// @notice The address `create` gives for these arguments.
    function predict(bytes32 salt, IPayoutCampaign.Config calldata config) public view returns (address) {
        bytes32 initCodeHash = keccak256(abi.encodePacked(type(PayoutCampaign).creationCode, abi.encode(config)));
        bytes32 digest = keccak256(abi.encodePacked(bytes1(0xff), address(this), salt, initCodeHash));
        return address(uint160(uint256(digest)));
    }
}
