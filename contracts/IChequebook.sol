// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IChequebook
/// @notice The interface of Swarm's ERC20SimpleSwap, so that Bee nodes and their tools can cash these cheques.
///
/// A cheque says how much its beneficiary may have taken from the chequebook **in all**. Typed data (EIP-712) of the
/// domain {name "Chequebook", version "1.0", chainId}; the chequebook is a field of the message, not of the domain:
/// - `Cheque(address chequebook,address beneficiary,uint256 cumulativePayout)`, signed by the issuer
/// - `Cashout(address chequebook,address sender,uint256 requestPayout,address recipient,uint256 callerPayout)`, signed by
///   a beneficiary who lets `sender` cash for a fee; `requestPayout` is the cheque's cumulative payout
/// - `CustomDecreaseTimeout(address chequebook,address beneficiary,uint256 decreaseTimeout)`, signed by the beneficiary
interface IChequebook {
    /// @notice `totalPayout` base units left for `beneficiary`, of which `caller` kept `callerPayout`.
    event ChequeCashed(
        address indexed beneficiary,
        address indexed recipient,
        address indexed caller,
        uint256 totalPayout,
        uint256 cumulativePayout,
        uint256 callerPayout
    );
    /// @notice A cheque asked for more than there was.
    event ChequeBounced();
    event HardDepositAmountChanged(address indexed beneficiary, uint256 amount);
    event HardDepositDecreasePrepared(address indexed beneficiary, uint256 decreaseAmount);
    event HardDepositTimeoutChanged(address indexed beneficiary, uint256 timeout);
    event Withdraw(uint256 amount);

    error InvalidIssuer();
    error AlreadyInitialized();
    error NotIssuer(address caller);
    error InvalidIssuerSignature();
    error InvalidBeneficiarySignature();
    /// @notice The cheque is older than one that was cashed.
    error ChequeOutdated(uint256 cumulativePayout, uint256 paidOut);
    error CannotPayCaller(uint256 payout, uint256 callerPayout);
    /// @notice A hard deposit or withdrawal of more than is free.
    error OverBalance(uint256 free, uint256 wanted);
    error OverHardDeposit(uint256 amount, uint256 decrease);
    error DepositNotYetDecreasable(uint256 canBeDecreasedAt);

    /// @notice The ERC-20 paid out.
    function token() external view returns (address);

    /// @notice Who signs cheques, and may withdraw what no hard deposit binds.
    function issuer() external view returns (address);

    /// @notice True for ever once a cheque could not be paid in full.
    function bounced() external view returns (bool);

    /// @notice Base units a beneficiary has been paid.
    function paidOut(address beneficiary) external view returns (uint256);

    function totalPaidOut() external view returns (uint256);

    function totalHardDeposit() external view returns (uint256);

    /// @notice Seconds between announcing the decrease of a hard deposit and making it.
    function defaultHardDepositTimeout() external view returns (uint256);

    /// @return amount bound for the beneficiary
    /// @return decreaseAmount announced
    /// @return timeout of its own, or 0
    /// @return canBeDecreasedAt time from which the announced decrease may be made, or 0
    function hardDeposits(address beneficiary)
        external
        view
        returns (uint256 amount, uint256 decreaseAmount, uint256 timeout, uint256 canBeDecreasedAt);

    /// @notice Base units here.
    function balance() external view returns (uint256);

    /// @notice Base units that no hard deposit binds.
    function liquidBalance() external view returns (uint256);

    /// @notice Base units from which this beneficiary can be paid: the liquid ones and its own hard deposit.
    function liquidBalanceFor(address beneficiary) external view returns (uint256);

    /// @notice Once, by the factory.
    function init(address issuer_, address token_, uint256 defaultHardDepositTimeout_) external;

    /// @notice The beneficiary cashes what the cheque gives beyond what it was paid, as far as there is balance.
    /// @param recipient who receives the tokens
    function cashChequeBeneficiary(address recipient, uint256 cumulativePayout, bytes calldata issuerSig) external;

    /// @notice Anybody cashes for a beneficiary who signed a cash-out naming the caller, and keeps `callerPayout`.
    function cashCheque(
        address beneficiary,
        address recipient,
        uint256 cumulativePayout,
        bytes calldata beneficiarySig,
        uint256 callerPayout,
        bytes calldata issuerSig
    ) external;

    /// @notice The issuer binds balance for one beneficiary. An announced decrease is void.
    function increaseHardDeposit(address beneficiary, uint256 amount) external;

    /// @notice The issuer announces a decrease.
    function prepareDecreaseHardDeposit(address beneficiary, uint256 decreaseAmount) external;

    /// @notice Makes the announced decrease once its timeout has passed. Open to anybody.
    function decreaseHardDeposit(address beneficiary) external;

    /// @notice Another timeout for one beneficiary, sent by the issuer and agreed to by the beneficiary.
    function setCustomHardDepositTimeout(address beneficiary, uint256 hardDepositTimeout, bytes calldata beneficiarySig)
        external;

    /// @notice The issuer takes back what no hard deposit binds.
    function withdraw(uint256 amount) external;
}
