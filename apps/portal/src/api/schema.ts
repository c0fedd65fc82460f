// Written by scripts/api-types.mjs from docs/openapi.json.
export interface paths {
  '/api/admin/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Open ones first, then those of the last 7 days that are over. */
    get: operations['AlertsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/appeals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminAppealsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/appeals/{id}/answer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['AdminAppealsController_answer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/appeals/{id}/evidence': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminAppealsController_evidence'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/campaigns': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminCampaignsController_list'];
    put?: never;
    post: operations['AdminCampaignsController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/campaigns/{id}/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['PreviewController_preview'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/campaigns/{id}/rates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['AdminCampaignsController_rates'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/campaigns/{id}/rates/{version}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The second admin's word for a large rise. */
    post: operations['AdminCampaignsController_approveRates'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/campaigns/{id}/state': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['AdminCampaignsController_state'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/cheques': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminChequesController_all'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/cheques/rounds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminChequesController_rounds'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/cheques/rounds/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['AdminChequesController_approve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/cheques/rounds/{id}/stop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Before it is signed; what it held is in the round after the next epoch. */
    post: operations['AdminChequesController_stop'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/data-sets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminDataSetsController_page'];
    put?: never;
    post: operations['AdminDataSetsController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/data-sets/{id}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reads the content back from its keepers; cut off when no keeper has a piece any more. */
    get: operations['AdminDataSetsController_content'];
    /** Sends the content of a data set that waits for it, whole. */
    put: operations['AdminDataSetsController_upload'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/data-sets/{id}/replicas': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminDataSetsController_replicas'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/data-sets/{id}/wanted': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put: operations['AdminDataSetsController_want'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/nodes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminNodesController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminController_overview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/payouts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminPayoutsController_page'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/payouts/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['AdminPayoutsController_approve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/tasks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['AdminTasksController_page'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/treasury': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['TreasuryController_all'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/nonce': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['AuthController_nonce'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['AuthController_password'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['AuthController_register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/sign-out': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['AuthController_signOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/wallet': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['AuthController_wallet'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bundles/{campaignId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['BundlesController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bundles/{campaignId}/{epochIndex}/manifest.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['BundlesController_manifest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bundles/{campaignId}/{epochIndex}/{file}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A file of the bundle: `answers.ndjson.zst` and so on. */
    get: operations['BundlesController_file'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/campaigns': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['CampaignsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/campaigns/{id}/epochs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Hashes of the secrets of coming rounds, and the secrets of past ones. */
    get: operations['CampaignsController_epochsOf'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/campaigns/{id}/funds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['FundsController_funds'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/center': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['CenterController_center'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cheques/{address}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['ChequesController_at'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consequences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['StandingController_page'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consequences/{id}/appeal': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['StandingController_appeal'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/consequences/{id}/evidence': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The checks that a step rests on. */
    get: operations['StandingController_evidence'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/earnings/bee-nodes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What my Bee nodes earned. */
    get: operations['EarningsController_beeNodes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/earnings/days': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['EarningsController_days'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/earnings/held': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What of my held parts waits longer than the retention time, why, and until when. */
    get: operations['EarningsController_held'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/earnings/lines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['EarningsController_lines'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/earnings/lines/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['EarningsController_line'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/earnings/summary': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['EarningsController_summary'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['CenterController_health'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['MeController_me'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch: operations['MeController_change'];
    trace?: never;
  };
  '/api/me/bee-nodes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['BeeNodesController_mine'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/me/bee-nodes/{nodeId}/checks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['BeeNodesController_checks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/me/bee-nodes/{overlay}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Ends the link: the Bee node is not asked any more. Its checks are kept. */
    delete: operations['BeeNodesController_unlink'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/me/cheques': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['MyChequesController_mine'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/me/cheques/{id}/file': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The cheque as a file, which is all that cashing it needs. */
    get: operations['MyChequesController_file'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/me/payout-address': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put: operations['MeController_payoutAddress'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/me/payout-address/pending': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Calls off a change of the payout address that has not taken effect. */
    delete: operations['MeController_keepPayoutAddress'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/me/payout-addresses': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every payout address ever set, newest first. */
    get: operations['MeController_payoutAddresses'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/me/referral': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['ReferralController_view'];
    put?: never;
    post: operations['ReferralController_say'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/me/wallet': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['MeController_linkWallet'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/nodes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['NodesController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/nodes/codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['NodesController_newCode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/nodes/pair': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Called by the client: see libs/protocol, PairRequest. */
    post: operations['NodesController_pair'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/nodes/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete: operations['NodesController_revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payouts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['PayoutsController_page'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payouts/wishes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Of each campaign, with the fee to be expected now. */
    get: operations['PayoutWishesController_all'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payouts/wishes/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put: operations['PayoutWishesController_set'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/plots': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['PlotsController_page'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/statements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One campaign and period as CSV, JSON or PDF. */
    get: operations['StatementsController_statement'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/work': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['WorkController_work'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AddressChangeView: {
      address: string;
      /** @description From when on it is paid to. */
      effectiveAt: string;
      setAt: string;
      /** @description When it was called off, or replaced, before it took effect. */
      cancelledAt: string | null;
    };
    AddressView: {
      address: string;
      /** @description From when on it is paid to. */
      effectiveAt: string;
    };
    AdminNodeView: {
      id: string;
      name: string;
      roles: ('bee' | 'plotter' | 'storer')[];
      /** @enum {string} */
      state: 'active' | 'left' | 'revoked';
      online: boolean;
      lastSeenAt: string | null;
      pairedAt: string;
      storeBytes: number;
      report: components['schemas']['MachineReportView'];
      accountId: string;
      accountName: string;
    };
    AdminNodesPage: {
      items: components['schemas']['AdminNodeView'][];
      next: string | null;
    };
    AlertView: {
      id: string;
      /** @enum {string} */
      code:
        | 'books_differ'
        | 'chain_contradicts'
        | 'chain_unreachable'
        | 'cheque_bounced'
        | 'cheques_uncovered'
        | 'cheques_unsigned'
        | 'epoch_stalled'
        | 'funds_exhausted'
        | 'funds_for_14_days'
        | 'funds_for_2_days'
        | 'funds_for_7_days'
        | 'gas_low'
        | 'payment_unreadable'
        | 'round_stalled';
      /** @enum {string} */
      severity: 'critical' | 'warning';
      /** @description What it is about: the id of a campaign, or the name of a part of the center. */
      subject: string;
      /** @description Figures, as they were last seen. */
      detail: {
        [key: string]: string;
      };
      raisedAt: string;
      /** @description When it was last seen to be so. */
      seenAt: string;
      /** @description Null while it is so. */
      clearedAt: string | null;
      /** @description How long it has been, or was, so. */
      ageSeconds: number;
    };
    AlertsAnswer: {
      items: components['schemas']['AlertView'][];
    };
    AppealAnswerRequest: {
      text: string;
      /** @description Whether the step is undone. */
      excused: boolean;
    };
    AppealRequest: {
      text: string;
    };
    AppealsAnswer: {
      items: components['schemas']['ConsequenceView'][];
    };
    BalancesView: {
      campaignId: string;
      campaignName: string;
      token: components['schemas']['TokenView'];
      /** @description Base units, each. */
      held: string;
      released: string;
      published: string;
      paid: string;
    };
    BeeCheckCounts: {
      held: number;
      insufficient: number;
      invalid: number;
      unready: number;
      late: number;
      excused: number;
    };
    BeeCheckView: {
      id: string;
      startedAt: string;
      decidedAt: string | null;
      /**
       * @description Null: under way.
       * @enum {string|null}
       */
      verdict: 'excused' | 'held' | 'insufficient' | 'invalid' | 'late' | 'unready' | null;
      /** @enum {string|null} */
      reason:
        | 'answer-too-long'
        | 'batch-id-length-wrong'
        | 'batch-unknown'
        | 'bee-answer-invalid'
        | 'bee-refused'
        | 'bee-stopped'
        | 'bee-syncing'
        | 'bee-unreachable'
        | 'bucket-differs'
        | 'chunk-differs'
        | 'chunk-repeated'
        | 'field-invalid'
        | 'identifier-length-wrong'
        | 'json-invalid'
        | 'neighbour-differs'
        | 'neighbourhood-plays'
        | 'not-committed'
        | 'not-opened'
        | 'order-wrong'
        | 'out-of-depth'
        | 'overlay-differs'
        | 'overlay-out-of-neighbourhood'
        | 'owner-length-wrong'
        | 'sample-differs'
        | 'segment-index-out-of-range'
        | 'segment-length-wrong'
        | 'sister-count-wrong'
        | 'sister-length-wrong'
        | 'slot-out-of-range'
        | 'slot-repeated'
        | 'soc-address-differs'
        | 'soc-signature-wrong'
        | 'span-out-of-range'
        | 'stamp-field-out-of-range'
        | 'stamp-signature-wrong'
        | 'stamp-too-new'
        | 'transformed-differs'
        | null;
      /** @description What is missing before it counts as evidence. */
      lacks: (
        | 'batch-not-trusted'
        | 'commitment-changed'
        | 'frozen'
        | 'no-agreement'
        | 'not-committed'
        | 'overlay-moved'
        | 'owned-chunks-dominate'
        | 'payload-repeated'
        | 'stake-missing'
        | 'stake-too-young'
        | 'too-few-batches'
      )[];
      /** @description How long its first sample took. */
      sampleSeconds: number | null;
    };
    BeeChecksAnswer: {
      /** @description The newest first. */
      items: components['schemas']['BeeCheckView'][];
    };
    BeeEarningsAnswer: {
      items: components['schemas']['BeeEarningsView'][];
    };
    BeeEarningsView: {
      nodeId: string;
      campaignId: string;
      campaignName: string;
      token: components['schemas']['TokenView'];
      /** @description Base units. */
      units: string;
      /** @description For how long its checks vouched for a reserve. */
      vouchedMs: number;
    };
    BeeEstimateView: {
      /** @description Digits. */
      chunks: string;
      bytes: string;
      /** @description One standard deviation, of the whole. */
      relativeError: number;
      samples: number;
      /** @description More was found than the declared reserve holds. */
      isCapped: boolean;
    };
    BeeGainsView: {
      rewardPlur: string;
      feesWei: string;
      /** @description Rounds it played meanwhile, from the chain. */
      rounds: number;
    };
    BeeGameView: {
      readAt: string | null;
      selected: components['schemas']['BeeRoundsView'];
      played: components['schemas']['BeeRoundsView'];
      won: components['schemas']['BeeRoundsView'];
      frozen: components['schemas']['BeeRoundsView'];
    };
    BeeNodeView: {
      nodeId: string;
      name: string;
      /** @description Whether the client beside it is connected. */
      online: boolean;
      overlay: string;
      owner: string;
      linkedAt: string;
      report: components['schemas']['BeeReportView'] | null;
      stake: components['schemas']['BeeStakeView'] | null;
      game: components['schemas']['BeeGameView'];
      /** @description Null: not known. */
      gains: components['schemas']['BeeGainsView'] | null;
      /** @description A round of the game. */
      roundSeconds: number;
      /** @description In which a sample for the game must be done. */
      sampleWindowSeconds: number;
      estimate: components['schemas']['BeeEstimateView'] | null;
      checks: components['schemas']['BeeCheckCounts'];
      lastCheck: components['schemas']['BeeCheckView'] | null;
      alerts: (
        | 'bee-syncing'
        | 'bee-unreachable'
        | 'chain-behind'
        | 'check-invalid'
        | 'frozen'
        | 'gas-low'
        | 'no-agreement'
        | 'overlay-differs'
        | 'overlay-moved'
        | 'report-stale'
        | 'sample-slow'
        | 'stake-missing'
        | 'stake-too-young'
        | 'unhealthy'
      )[];
    };
    BeeNodesAnswer: {
      /** @description False: this center links no Bee nodes. */
      isOffered: boolean;
      items: components['schemas']['BeeNodeView'][];
    };
    BeeReportView: {
      at: string;
      /**
       * @description Why it could not be read.
       * @enum {string|null}
       */
      fault:
        | 'bee-answer-invalid'
        | 'bee-refused'
        | 'bee-stopped'
        | 'bee-syncing'
        | 'bee-unreachable'
        | 'overlay-differs'
        | null;
      /** @description Blocks that its view of the chain is behind. */
      blocksBehind: number | null;
      isWarmingUp: boolean | null;
      isReachable: boolean | null;
      isFullySynced: boolean | null;
      isHealthy: boolean | null;
      storageRadius: number | null;
      /** @description Chunks of 4096 bytes, the whole reserve and what is within its radius. */
      reserveBytes: number | null;
      reserveWithinRadiusBytes: number | null;
      /** @description How long its last sample for the game took. */
      sampleSeconds: number | null;
      /** @description wei */
      gasWei: string | null;
      /** @description What one round's transactions need. */
      minimumGasWei: string | null;
      bzzPlur: string | null;
      /** @description Of the game, in all: won, and spent on transactions. */
      rewardPlur: string | null;
      feesWei: string | null;
    };
    BeeRoundsView: {
      count: number;
      lastRound: number | null;
    };
    BeeShareView: {
      /** @description 32 bytes hex. */
      overlay: string;
      depth: number;
      height: number;
      plur: string;
      vouchedMs: number;
    };
    BeeStakeView: {
      /** @description PLUR, 16 decimals. */
      plur: string;
      /** @description Bits by which the reserve is doubled. */
      height: number;
      sinceBlock: number;
      frozenUntilBlock: number | null;
      /** @description As of this block, read then. */
      block: number;
      at: string;
    };
    BudgetCutView: {
      due: string;
      available: string;
    };
    BundleItem: {
      epochIndex: number;
      /** @description What the next bundle and payout roots know it by, hex. */
      manifestHash: string;
      /** @description Size of all files, compressed. */
      bytes: number;
      /** @description Where it also lies on Swarm, 32 bytes hex (`croft verify bzz://…`); null: not there. */
      swarmReference: string | null;
      at: string;
    };
    BundlesAnswer: {
      items: components['schemas']['BundleItem'][];
    };
    CampaignFunds: {
      /** @description Base units, each. */
      funded: string;
      committed: string;
      held: string;
      released: string;
      published: string;
      paid: string;
    };
    CampaignRequest: {
      name: string;
      tokenAddress: string;
      /** @description The PayoutCampaign contract, or the Chequebook of the key that signs cheques. */
      payoutContract: string;
      /**
       * @description Fixed from then on; `push` when omitted.
       * @enum {string}
       */
      payoutKind?: 'cheques' | 'push';
      /** @description By cheques: time between approval and signing, in which an admin may stop them; a day when omitted. */
      disputeSeconds?: number;
      /** @description The chain it is on, one of those in the center's settings; the first of them when omitted. */
      chainId?: number;
      startsAt: string;
      endsAt: string;
      epochSeconds: number;
      roundSeconds: number;
      /** @description How often each plot is due, on average; 2 when omitted. */
      checksPerPlotPerDay?: number;
      /** @description How often a node is asked at least, however few plots it keeps; 48 when omitted. */
      nodeChecksPerDay?: number;
      /** @description Pause before a plot that was asked for in vain is asked for again; a day when omitted. */
      confirmAfterSeconds?: number;
      /** @description Time to appeal against a loss, and for an admin to answer; three days when omitted. */
      appealSeconds?: number;
      /** @description Most that newly accrues in one epoch, base units: to an account, … */
      accountCapPerEpoch?: string;
      /** @description … to accounts that are paid to one address, … */
      clusterCapPerEpoch?: string;
      /** @description … and to an account for whom it brought. */
      referralCapPerEpoch?: string;
      /** @description Time to answer, at most 20 s. */
      deadlineMs?: number;
      /** @description The kind of plots it asks for; `chia-v1` when omitted. */
      plotKind?: string;
      /** @description The smallest plot that counts, and those it asks for, in steps of the kind. */
      minK: number;
      taskK: number;
      plotTarget: number;
      retentionSeconds: number;
      rates: components['schemas']['RatesRequest'];
    };
    CampaignStateRequest: {
      /** @enum {string} */
      state: 'active' | 'closed' | 'paused';
    };
    CampaignView: {
      id: string;
      name: string;
      /** @enum {string} */
      state: 'active' | 'closed' | 'draft' | 'paused';
      token: components['schemas']['TokenView'];
      /** @enum {string} */
      payoutKind: 'cheques' | 'push';
      /** @description By cheques: time between approval and signing; else null. */
      disputeSeconds: number | null;
      payoutContract: string;
      chainName: string;
      explorerUrl: string | null;
      startsAt: string;
      endsAt: string;
      epochSeconds: number;
      roundSeconds: number;
      checksPerPlotPerDay: number;
      nodeChecksPerDay: number;
      confirmAfterSeconds: number;
      appealSeconds: number;
      /** @description Base units; null: no limit. */
      accountCapPerEpoch: string | null;
      clusterCapPerEpoch: string | null;
      referralCapPerEpoch: string | null;
      deadlineMs: number;
      /** @description The kind of plots it asks for and pays. */
      plotKind: string;
      minK: number;
      taskK: number;
      plotTarget: number;
      retentionSeconds: number;
      /** @description When new plots cease to be handed out: the retention time before its end. */
      plotsUntil: string;
      /** @description It goes on, but hands out no new plots: they could not be kept for the retention time any more. */
      tooLateForPlots: boolean;
      rates: components['schemas']['RatesView'];
      nextRates: components['schemas']['RatesView'] | null;
      /** @description A large rise that a second admin has not agreed to yet. */
      waitingRates: components['schemas']['RatesView'] | null;
      /** @description Small plots, short epochs: for showing, worth nothing. */
      fundsLowSince: string | null;
      /** @description Paused because everything funded is promised; it goes on by itself when money came in. */
      pausedForFunds: boolean;
      demo: boolean;
    };
    CampaignsAnswer: {
      items: components['schemas']['CampaignView'][];
    };
    CenterAnswer: {
      name: string;
      version: string;
      /** @description Ed25519 key that receipts are signed with, hex. */
      publicKey: string;
      time: string;
      demo: boolean;
      /** @description Ready-made sign-ins; only in a demo. */
      demoSignIns: components['schemas']['DemoSignIn'][];
    };
    CheckView: {
      roundId: string;
      roundIndex: number;
      plotId: string;
      /** @enum {string} */
      verdict: 'empty' | 'invalid' | 'late' | 'proved' | 'silent';
      sentAt: string;
      receivedAt: string | null;
      /** @description From sending the round to taking the answer in. */
      answerMs: number | null;
      subIndex: number | null;
      proof: string | null;
      beacon: string;
    };
    ChequeFile: {
      format: string;
      chainId: number;
      chequebook: string;
      token: string;
      issuer: string;
      beneficiary: string;
      cumulativePayout: string;
      signature: string;
    };
    ChequeHoldView: {
      /** @enum {string} */
      reason: 'below_minimum' | 'over_fee_share';
      /** @description Base units from which on it would be signed. */
      until: string;
    };
    ChequeRoundView: {
      id: string;
      campaignId: string;
      campaignName: string;
      token: components['schemas']['TokenView'];
      number: number;
      epochIndex: number;
      dataHash: string;
      treeRoot: string;
      /** @description Base units due when it was made, to so many accounts. */
      amount: string;
      recipients: number;
      /** @description Accounts that asked to wait. */
      held: number;
      /** @enum {string} */
      state: 'approved' | 'done' | 'open' | 'stopped' | 'waiting';
      createdAt: string;
      signableFrom: string | null;
    };
    ChequeRoundsPage: {
      items: components['schemas']['ChequeRoundView'][];
      next: string | null;
    };
    ChequebookStandingView: {
      campaignId: string;
      campaignName: string;
      token: components['schemas']['TokenView'];
      chainName: string;
      chequebook: string;
      disputeSeconds: number;
      /** @description Base units: in cheques, cashed of that, and left. */
      inCheques: string;
      cashed: string;
      uncashed: string;
      /** @description Base units: what is uncashed with what would be signed next; null while the chequebook was never read. */
      wanted: string | null;
      beneficiaries: number;
      /** @description Fixed and not signed yet. */
      unsigned: number;
      /** @description The issuer that the chequebook names; null while it was never read. */
      issuer: string | null;
      onChain: components['schemas']['ChequebookView'] | null;
    };
    ChequebookView: {
      /** @description Base units, both; the second without what hard deposits bind. */
      balance: string;
      liquidBalance: string;
      /** @description Whether everything uncashed is covered. */
      covered: boolean;
      /** @description Whether a cheque of it ever could not be paid in full. */
      bounced: boolean;
      readAt: string;
    };
    ChequebooksAnswer: {
      at: string;
      items: components['schemas']['ChequebookStandingView'][];
    };
    ChequesAnswer: {
      at: string;
      items: components['schemas']['PublicChequeView'][];
    };
    ComingChequeView: {
      campaignId: string;
      campaignName: string;
      token: components['schemas']['TokenView'];
      /** @description Base units. */
      amount: string;
      /**
       * @description Null when no epoch has closed since the last cheque.
       * @enum {string|null}
       */
      round: 'approved' | 'waiting' | null;
      /** @description When what is approved can be signed. */
      signableFrom: string | null;
      /** @description Why it would wait, as I asked for. */
      held: components['schemas']['ChequeHoldView'] | null;
    };
    ConsequenceView: {
      id: string;
      nodeId: string;
      nodeName: string;
      /** @enum {string} */
      from: 'active' | 'notice' | 'probation' | 'suspended';
      /** @enum {string} */
      to: 'active' | 'notice' | 'probation' | 'suspended';
      /** @enum {string} */
      cause: 'appeal_granted' | 'kept_in_part' | 'plot_lost' | 'plots_absent' | 'time_passed';
      at: string;
      /** @description When the node goes one stage better if nothing new is found. */
      reviewAt: string | null;
      plotIds: string[];
      checkIds: string[];
      fraction: components['schemas']['FractionView'] | null;
      mayAppeal: boolean;
      appeal: string | null;
      appealedAt: string | null;
      /** @description Not answered by then, the appeal is granted. */
      answerDueAt: string | null;
      answer: string | null;
      answeredAt: string | null;
      excused: boolean | null;
    };
    ConsequencesPage: {
      items: components['schemas']['ConsequenceView'][];
      next: string | null;
    };
    DataSetCreated: {
      id: string;
    };
    DataSetRequest: {
      /** Format: uuid */
      campaignId: string;
      name: string;
      /**
       * @description `upload`: its content is sent afterwards; `reference`: read from Swarm; `filler`: random bytes to be kept.
       * @enum {string}
       */
      source: 'filler' | 'reference' | 'upload';
      /** @description Size of filler. */
      bytes?: number;
      /** @description Swarm reference, 32 bytes hex. */
      reference?: string;
      /** @description How many replicas there are to be. */
      wanted: number;
    };
    DataSetView: {
      id: string;
      campaignId: string;
      name: string;
      /** @enum {string} */
      source: 'filler' | 'reference' | 'upload';
      reference: string | null;
      /** @enum {string} */
      state: 'failed' | 'loading' | 'ready';
      /** @description Why its content could not be had: an error code. */
      failure: string | null;
      /** @description Of the content. */
      bytes: number;
      /** @description SHA-256 of the content, hex: what is read back must have it. Null: filler, still loading, or not known. */
      contentHash: string | null;
      /** @description Size of each replica in the terms of rates. */
      k: number;
      /** @description Of data in each replica: what is paid for. */
      replicaBytes: number;
      wanted: number;
      /** @description Replicas that proved themselves. */
      proved: number;
      /** @description Replicas at a keeper that prove themselves now. */
      arrived: number;
      /** @description Replicas without a keeper yet. */
      waiting: number;
      /** @description Replicas that were lost so far, and made up for. */
      lost: number;
      createdAt: string;
    };
    DataSetsPage: {
      items: components['schemas']['DataSetView'][];
      next: string | null;
    };
    DemoSignIn: {
      label: string;
      email: string;
      password: string;
    };
    EarningsDay: {
      day: string;
      plotting: string;
      storage: string;
      other: string;
      total: string;
    };
    EarningsDays: {
      items: components['schemas']['EarningsDay'][];
    };
    EarningsSummary: {
      campaigns: components['schemas']['BalancesView'][];
    };
    EpochView: {
      index: number;
      startsAt: string;
      endsAt: string;
      secretHash: string;
      /** @description Only after the epoch has ended. */
      secret: string | null;
    };
    EpochsAnswer: {
      items: components['schemas']['EpochView'][];
    };
    ErrorBody: {
      /**
       * @description Stable: programs may rely on it.
       * @enum {string}
       */
      code:
        | 'answer_repeated'
        | 'bad_credentials'
        | 'bad_request'
        | 'bad_signature'
        | 'bad_wallet_message'
        | 'bee_answer_invalid'
        | 'bee_chain_not_configured'
        | 'bee_check_closed'
        | 'bee_link_ended'
        | 'bee_not_configured'
        | 'bee_not_staked'
        | 'bee_overlay_differs'
        | 'bee_refused'
        | 'bee_signature_invalid'
        | 'bee_taken'
        | 'bee_unreachable'
        | 'campaign_not_open'
        | 'chain_unreachable'
        | 'conflict'
        | 'content_differs'
        | 'content_too_large'
        | 'email_taken'
        | 'forbidden'
        | 'internal'
        | 'lease_ended'
        | 'lease_expired'
        | 'lease_unknown'
        | 'memo_invalid'
        | 'message_too_large'
        | 'no_campaign'
        | 'node_key_taken'
        | 'node_revoked'
        | 'node_unknown'
        | 'nonce_unknown'
        | 'not_due'
        | 'not_found'
        | 'not_in_custody'
        | 'pairing_code_expired'
        | 'pairing_code_unknown'
        | 'pairing_code_used'
        | 'payout_address_invalid'
        | 'payout_address_is_contract'
        | 'payout_address_is_token'
        | 'payout_address_zero'
        | 'payout_not_pending'
        | 'piece_hash_mismatch'
        | 'piece_out_of_range'
        | 'plot_already_registered'
        | 'plot_keys_differ'
        | 'plot_kind_differs'
        | 'plot_kind_unknown'
        | 'plot_size_differs'
        | 'plot_unknown'
        | 'preview_too_large'
        | 'probe_answer_wrong'
        | 'probe_late'
        | 'probe_repeated'
        | 'probe_unknown'
        | 'rate_in_the_past'
        | 'rate_limited'
        | 'round_closed'
        | 'round_unknown'
        | 'source_offline'
        | 'transfer_unknown'
        | 'unauthenticated'
        | 'wallet_signature_invalid'
        | 'wallet_taken';
      /** @description For people; texts may change. */
      message: string;
      details?: {
        [key: string]: unknown;
      };
    };
    EvidenceAnswer: {
      items: components['schemas']['EvidenceCheckView'][];
    };
    EvidenceCheckView: {
      id: string;
      roundId: string;
      roundIndex: number;
      /** @enum {string} */
      roundKind: 'acceptance' | 'broadcast' | 'confirmation' | 'custody';
      plotId: string;
      beacon: string;
      sentAt: string;
      deadlineAt: string;
      /**
       * @description Null: not closed yet.
       * @enum {string|null}
       */
      verdict: 'empty' | 'invalid' | 'late' | 'proved' | 'silent' | null;
      /** @description Not answered while the node was heard of. */
      withheld: boolean;
      receivedAt: string | null;
      subIndex: number | null;
      proof: string | null;
      /** @description The node's signature over its answer; hex. */
      answerSignature: string | null;
      /** @description The center's over its receipt; hex. */
      receiptSignature: string | null;
    };
    ExpectedFeeView: {
      /** @description Gas for one payee. */
      gas: string;
      /** @description Whether that was measured at this campaign's own payouts; else it is the figure of the benchmark. */
      measured: boolean;
      weiPerGas: string;
      /** @description 10^-18 of the chain's coin, paid by the operator. */
      wei: string;
      readAt: string;
      /** @description Of what is due now, in 1/10000; null when there is no price or nothing due. */
      shareBps: number | null;
    };
    FractionView: {
      bps: number;
      lowBps: number;
      highBps: number;
      tries: number;
      proofs: number;
    };
    HealthAnswer: {
      ok: boolean;
      database: boolean;
      chain: boolean;
    };
    HeldPartView: {
      /** @description 32 bytes, hex. */
      plotId: string;
      k: number;
      /** @description Base units. */
      amount: string;
      /**
       * @description `unproved`: not proved for so long that its time stands still; `doubt`: asked for in vain, and to be asked for again;
       *     `lost`: forfeited unless there is an appeal; `appeal`: there is one, which is to be answered.
       * @enum {string}
       */
      reason: 'appeal' | 'doubt' | 'lost' | 'unproved';
      /** @description When it is forfeited if nobody proves it, asked for again, forfeited, or answered; null: not known. */
      until: string | null;
      /** @description Up to when it is known to be kept. */
      provedAt: string;
      /** @description How often it was asked for in vain since then. */
      missed: number;
      /** @description Milliseconds for which it must still be proved. */
      remainingMs: number;
    };
    HeldPartsAnswer: {
      /** @description Those whose retention time goes by, and what they come to in base units. */
      running: number;
      runningAmount: string;
      /** @description When the first of them is due to be released, at the end of its epoch, if it goes on being proved. */
      nextAt: string | null;
      /** @description All whose release is put off, and what they come to. */
      putOff: number;
      putOffAmount: string;
      /** @description The first 200 of those, longest unproved first. */
      items: components['schemas']['HeldPartView'][];
    };
    HoldView: {
      /** @enum {string} */
      reason: 'below_minimum' | 'over_fee_share';
      /** @description Base units from which on it would be sent, at the fee of when this was last looked at. */
      until: string;
    };
    LastCashView: {
      tx: string;
      /** @description Null when the chain has no explorer configured. */
      txUrl: string | null;
      blockNumber: number;
      at: string;
    };
    LastCheckView: {
      /** @enum {string} */
      verdict: 'empty' | 'invalid' | 'late' | 'proved' | 'silent';
      at: string;
    };
    LineReasonView: {
      plotKind?: string;
      k?: number;
      shareBps?: number;
      plots?: number;
      keptMs?: number;
      checks?: components['schemas']['VerdictCountsView'];
      availabilityBps?: number;
      /** @description 800000 … 1000000, and what it follows from. */
      networkWeightPpm?: number;
      network?: components['schemas']['NetworkView'];
      /** @description What plots certainly kept in part were paid as, and the measurement. */
      fractionBps?: number;
      fraction?: components['schemas']['PartView'];
      /** @description How many were brought. */
      referred?: number;
      accountCap?: components['schemas']['BudgetCutView'];
      clusterCap?: components['schemas']['BudgetCutView'];
      referralCap?: components['schemas']['BudgetCutView'];
      budgetCut?: components['schemas']['BudgetCutView'];
      /** @description The plot a plotting line is about, hex. */
      plotId?: string;
      /** @description The Bee node's place, its stake, and for how long checks vouched for it. */
      bee?: components['schemas']['BeeShareView'];
      /** @description At the campaign's end: the part of the retention time that counts. */
      settled?: components['schemas']['SettledView'];
    };
    MachineReportView: {
      os: string;
      arch: string;
      cores: number;
      memoryBytes: number;
      clientVersion: string;
      storeBytes: number;
      storeFreeBytes: number | null;
      tempFreeBytes: number | null;
      /** @description Kinds of plots it can make, and can keep; what an older client does not say. */
      makes?: string[];
      keeps?: string[];
    };
    MeAnswer: {
      id: string;
      displayName: string;
      email: string | null;
      walletAddress: string | null;
      /** @enum {string} */
      role: 'admin' | 'contributor';
      /** @enum {string} */
      locale: 'en' | 'zh';
      payoutAddress: components['schemas']['AddressView'] | null;
      pendingPayoutAddress: components['schemas']['AddressView'] | null;
    };
    MyChequeView: {
      /** @description Base units of it that are mine: others may be paid at the same address. */
      mine: string;
      id: string;
      campaignId: string;
      campaignName: string;
      token: components['schemas']['TokenView'];
      chainName: string;
      chequebook: string;
      beneficiary: string;
      number: number;
      /** @description Base units each, of all time: what it says, what was cashed (final on chain), and what is left. */
      cumulativePayout: string;
      cashed: string;
      uncashed: string;
      /** @enum {string} */
      state: 'bounced' | 'cashed' | 'issued' | 'partly_cashed';
      signedAt: string;
      lastCash: components['schemas']['LastCashView'] | null;
      /** @description Null while it was never read. */
      onChain: components['schemas']['ChequebookView'] | null;
    };
    MyChequesAnswer: {
      at: string;
      items: components['schemas']['MyChequeView'][];
      coming: components['schemas']['ComingChequeView'][];
    };
    NetworkView: {
      pings: number;
      lost: number;
      /** @description Each: null is unknown. */
      roundTripUs: number | null;
      answerMs: number | null;
      downBytesPerSecond: number | null;
      upBytesPerSecond: number | null;
    };
    NewRatesRequest: {
      /** @description Base units per accepted plot, by k. */
      plottingPerPlot: {
        [key: string]: string;
      };
      /** @description Part of it paid at once, 1/10000. */
      immediateBps: number;
      /** @description Base units per plot-equivalent (one k=32 plot) and hour. */
      storagePerPlotEquivalentHour: string;
      /** @description Share of the released reward of whom one brought, 1/10000; none when omitted. */
      referralBps?: number;
      /** @description Base units that the Bee nodes of one Swarm neighbourhood share in a day; none when omitted. */
      beePerNeighbourhoodDay?: string;
      /** @description From when on; not in the past. */
      effectiveAt: string;
    };
    NodeView: {
      id: string;
      name: string;
      roles: ('bee' | 'plotter' | 'storer')[];
      /** @enum {string} */
      state: 'active' | 'left' | 'revoked';
      online: boolean;
      lastSeenAt: string | null;
      pairedAt: string;
      storeBytes: number;
      report: components['schemas']['MachineReportView'];
    };
    NodesAnswer: {
      items: components['schemas']['NodeView'][];
    };
    NonceAnswer: {
      nonce: string;
      expiresAt: string;
    };
    OnContractView: {
      /** @description Base units, both, at a final block. */
      tokenBalance: string;
      paid: string;
      readAt: string;
    };
    OverviewAnswer: {
      nodes: number;
      nodesOnline: number;
      /** @description Of space; replicas of data sets are counted apart. */
      plots: components['schemas']['PlotCountsView'];
      replicas: components['schemas']['PlotCountsView'];
      /** @description Every check of the last 24 hours. */
      checksLastDay: components['schemas']['VerdictCountsView'];
      openTasks: number;
      pendingPayouts: number;
    };
    PairAnswerView: {
      nodeId: string;
      /** @description Ed25519 key that receipts are signed with, hex. */
      centerPublicKey: string;
      centerName: string;
    };
    PairingCodeAnswer: {
      /** @description XXXX-XXXX, shown once. */
      code: string;
      expiresAt: string;
    };
    PartView: {
      ofPlots: number;
      tries: number;
      proofs: number;
      lowBps: number;
      highBps: number;
    };
    PasswordRequest: {
      /** Format: email */
      email: string;
      password: string;
    };
    PayoutAddressRequest: {
      /** @description EVM address, 0x hex; a mixed-case one must have a right EIP-55 checksum. */
      address: string;
    };
    PayoutAddressesAnswer: {
      items: components['schemas']['AddressChangeView'][];
    };
    PayoutRootView: {
      id: string;
      campaignId: string;
      campaignName: string;
      token: components['schemas']['TokenView'];
      number: number;
      epochIndex: number;
      root: string;
      totalUnits: string;
      dataHash: string;
      /** @description Where the bundle behind it lies on Swarm, 32 bytes hex; null: not there. */
      swarmReference: string | null;
      recipients: number;
      /** @description Base units this root pays. */
      amount: string;
      /** @enum {string} */
      state: 'active' | 'approved' | 'built' | 'paid' | 'proposed' | 'vetoed';
      createdAt: string;
      /** @description Whether an admin can approve it here now. */
      awaitsApproval: boolean;
      transactions: components['schemas']['RootTransactionView'][];
    };
    PayoutRootsPage: {
      items: components['schemas']['PayoutRootView'][];
      next: string | null;
    };
    PayoutView: {
      id: string;
      campaignId: string;
      campaignName: string;
      token: components['schemas']['TokenView'];
      address: string;
      /** @description Base units. */
      amount: string;
      units: string;
      /** @enum {string} */
      state: 'carried' | 'confirmed' | 'failed' | 'held' | 'pending' | 'sent';
      /** @description Why it waits, as its contributor asked for. */
      held: components['schemas']['HoldView'] | null;
      tx: string | null;
      /** @description Null when the chain has no explorer configured. */
      txUrl: string | null;
      blockNumber: number | null;
      at: string;
      epochIndex: number;
    };
    PayoutWishRequest: {
      /** @description Base units: less than this is not sent. `0` for none; at most what a payout contract can pay one account. */
      minimum: string;
      /** @description The most that the expected fee may be of a payout, 1 … 10000 in 1/10000; null for any. */
      maxFeeBps: number | null;
    };
    PayoutWishView: {
      campaignId: string;
      campaignName: string;
      token: components['schemas']['TokenView'];
      chainName: string;
      /** @description Base units. */
      minimum: string;
      /** @description The most that can be asked for. */
      mostMinimum: string;
      maxFeeBps: number | null;
      /** @description Earned and not yet paid, base units. */
      due: string;
      /** @description Null while the chain's fee is unknown. */
      fee: components['schemas']['ExpectedFeeView'] | null;
    };
    PayoutWishesAnswer: {
      /** @description Whether there are prices, without which a fee has no share. */
      prices: boolean;
      items: components['schemas']['PayoutWishView'][];
    };
    PayoutsPage: {
      items: components['schemas']['PayoutView'][];
      next: string | null;
    };
    PlotCountsView: {
      registered: number;
      accepted: number;
      rejected: number;
      lost: number;
    };
    PlotView: {
      id: string;
      /** @description 32 bytes, hex. */
      plotId: string;
      /** @description Its proof format. */
      kind: string;
      k: number;
      plotBytes: number;
      /** @enum {string} */
      state: 'accepted' | 'lost' | 'registered' | 'rejected';
      campaignId: string;
      /** @description My node that keeps it; null when another contributor's does. */
      nodeId: string | null;
      keptByMe: boolean;
      plottedByMe: boolean;
      registeredAt: string;
      acceptedAt: string | null;
      /** @description Null: not checked yet. */
      lastCheck: components['schemas']['LastCheckView'] | null;
      checks: components['schemas']['VerdictCountsView'];
    };
    PlotsPage: {
      items: components['schemas']['PlotView'][];
      next: string | null;
    };
    PreviewAnswer: {
      /** @description The time replayed; null when no epoch has closed yet. */
      from: string | null;
      until: string | null;
      epochs: number;
      /** @description Epochs whose lines the budget of the time would have cut. */
      cutEpochs: number;
      replayed: string;
      booked: string;
      difference: string;
      budget: components['schemas']['PreviewBudget'];
      contributors: number;
      items: components['schemas']['PreviewRow'][];
      /** @description `offset` of the next page; null at the end. */
      next: number | null;
    };
    PreviewBudget: {
      /** @description What can still be promised now, base units. */
      available: string;
      /** @description What a day like those replayed promises under the draft if nothing cuts it; null: unknown. */
      perDay: string | null;
      /**
       * @description When what is available is used up: at the present pace until the draft begins, then at the draft's; null: unknown, or
       *     too far away to say.
       */
      endsAt: string | null;
      /** @description Whether it reaches to the campaign's end; null: unknown. */
      lastsToEnd: boolean | null;
    };
    PreviewRequest: {
      /** @description Base units per accepted plot, by k. */
      plottingPerPlot: {
        [key: string]: string;
      };
      /** @description Part of it paid at once, 1/10000. */
      immediateBps: number;
      /** @description Base units per plot-equivalent (one k=32 plot) and hour. */
      storagePerPlotEquivalentHour: string;
      /** @description Share of the released reward of whom one brought, 1/10000; none when omitted. */
      referralBps?: number;
      /** @description Base units that the Bee nodes of one Swarm neighbourhood share in a day; none when omitted. */
      beePerNeighbourhoodDay?: string;
      /** @description From when on; not in the past. */
      effectiveAt: string;
      /** @description How many contributors, 1 … 200, after how many; largest difference first. */
      limit?: number;
      offset?: number;
    };
    PreviewRow: {
      accountId: string;
      name: string;
      /** @description Base units: new promises less forfeits, under the draft and as booked. */
      replayed: string;
      booked: string;
      /** @description replayed − booked, with a sign. */
      difference: string;
    };
    ProfileRequest: {
      displayName?: string;
      /** @enum {string} */
      locale?: 'en' | 'zh';
    };
    PublicChequeView: {
      file: components['schemas']['ChequeFile'];
      id: string;
      campaignId: string;
      campaignName: string;
      token: components['schemas']['TokenView'];
      chainName: string;
      chequebook: string;
      beneficiary: string;
      number: number;
      /** @description Base units each, of all time: what it says, what was cashed (final on chain), and what is left. */
      cumulativePayout: string;
      cashed: string;
      uncashed: string;
      /** @enum {string} */
      state: 'bounced' | 'cashed' | 'issued' | 'partly_cashed';
      signedAt: string;
      lastCash: components['schemas']['LastCashView'] | null;
      /** @description Null while it was never read. */
      onChain: components['schemas']['ChequebookView'] | null;
    };
    RatesRequest: {
      /** @description Base units per accepted plot, by k. */
      plottingPerPlot: {
        [key: string]: string;
      };
      /** @description Part of it paid at once, 1/10000. */
      immediateBps: number;
      /** @description Base units per plot-equivalent (one k=32 plot) and hour. */
      storagePerPlotEquivalentHour: string;
      /** @description Share of the released reward of whom one brought, 1/10000; none when omitted. */
      referralBps?: number;
      /** @description Base units that the Bee nodes of one Swarm neighbourhood share in a day; none when omitted. */
      beePerNeighbourhoodDay?: string;
    };
    RatesView: {
      version: number;
      effectiveAt: string;
      plottingPerPlot: {
        [key: string]: string;
      };
      immediateBps: number;
      storagePerPlotEquivalentHour: string;
      referralBps: number;
      beePerNeighbourhoodDay: string;
    };
    ReferralRequest: {
      /**
       * Format: uuid
       * @description The code of who brought this account.
       */
      code: string;
    };
    ReferralView: {
      /** @description Others give it to say that this account brought them. */
      code: string;
      /** @description Whether somebody brought this account. */
      referred: boolean;
      /** @description How many this account brought. */
      brought: number;
    };
    RegisterRequest: {
      /** Format: email */
      email: string;
      /** @description At least ten characters. */
      password: string;
      displayName: string;
    };
    ReplicaView: {
      id: string;
      /** @description Swarm root of what is kept, hex; null while it is computed. */
      root: string | null;
      state: string;
      /** @description Row id of the plot it is kept as. */
      plotId: string | null;
      /** @description Who keeps it, or kept it when it was lost. */
      nodeId: string | null;
      nodeName: string | null;
      accountId: string | null;
      accountName: string | null;
      createdAt: string;
      keptAt: string | null;
      checks: components['schemas']['VerdictCountsView'];
      /** @description When it was last asked for and proved; null: never yet. */
      lastProvedAt: string | null;
      /** @description Time from when it counted to its last proof, times the proved part of its checks. */
      provedMs: number;
    };
    ReplicasAnswer: {
      items: components['schemas']['ReplicaView'][];
    };
    RewardLineDetail: {
      id: string;
      at: string;
      epochIndex: number;
      /** @enum {string} */
      kind:
        | 'bee-node'
        | 'plotting'
        | 'plotting-forfeit'
        | 'plotting-held'
        | 'plotting-release'
        | 'referral'
        | 'storage';
      /** @description Base units. */
      amount: string;
      quantity: string;
      unit: string;
      rate: string;
      reason: components['schemas']['LineReasonView'];
      /** @description The checks behind it, at most 200. */
      evidence: components['schemas']['CheckView'][];
    };
    RewardLineView: {
      id: string;
      at: string;
      epochIndex: number;
      /** @enum {string} */
      kind:
        | 'bee-node'
        | 'plotting'
        | 'plotting-forfeit'
        | 'plotting-held'
        | 'plotting-release'
        | 'referral'
        | 'storage';
      /** @description Base units. */
      amount: string;
      quantity: string;
      unit: string;
      rate: string;
      reason: components['schemas']['LineReasonView'];
    };
    RewardLinesPage: {
      items: components['schemas']['RewardLineView'][];
      next: string | null;
    };
    RootTransactionView: {
      /** @enum {string} */
      purpose: 'activate' | 'approve' | 'propose' | 'push';
      hash: string;
      /** @enum {string} */
      state: 'final' | 'replaced' | 'reverted' | 'waiting';
    };
    SenderView: {
      chainId: number;
      chainName: string;
      address: string;
      /** @enum {string} */
      role: 'approver' | 'proposer';
      /** @description 10^-18 of the chain's coin. */
      balance: string;
      readAt: string;
      /** @description Payouts it is good for at the present fee; null when not known. */
      payouts: string | null;
    };
    SettledView: {
      keptMs: number;
      ofMs: number;
    };
    TaskView: {
      id: string;
      /** @enum {string} */
      kind: 'move' | 'plot' | 'replica';
      /** @enum {string} */
      state: 'cancelled' | 'done' | 'failed' | 'leased' | 'open';
      k: number;
      campaignId: string;
      nodeId: string | null;
      nodeName: string | null;
      attempts: number;
      createdAt: string;
      phase: string | null;
      fraction: number | null;
      failure: string | null;
    };
    TasksPage: {
      items: components['schemas']['TaskView'][];
      next: string | null;
    };
    TokenView: {
      address: string;
      symbol: string;
      decimals: number;
      chainId: number;
    };
    TreasuryAnswer: {
      at: string;
      items: components['schemas']['TreasuryView'][];
      /** @description Accounts that send transactions, as last read; empty while they never were. */
      senders: components['schemas']['SenderView'][];
    };
    TreasuryView: {
      campaignId: string;
      campaignName: string;
      /** @enum {string} */
      state: 'active' | 'closed' | 'draft' | 'paused';
      token: components['schemas']['TokenView'];
      chainName: string;
      /** @description Base units each, by the ledger: all that came in, … */
      everFunded: string;
      /** @description … not promised to anybody, … */
      free: string;
      /** @description … promised and not paid, … */
      committed: string;
      /** @description … of that held back until plots were kept, … */
      held: string;
      /** @description … and due now, … */
      owed: string;
      /** @description … paid. */
      paid: string;
      /** @description Null while the contract was never read. */
      onContract: components['schemas']['OnContractView'] | null;
      /** @description Promised a day, on average of the last 7 days; null before an epoch was closed. */
      perDay: string | null;
      /** @description Days that what is free lasts at this pace; null when that is not known or nothing is spent. */
      runwayDays: number | null;
      /** @description Since when nothing new is handed out for want of money. */
      fundsLowSince: string | null;
      /** @description Paused because everything is promised; goes on by itself when money came in. */
      pausedForFunds: boolean;
    };
    VerdictCountsView: {
      proved: number;
      empty: number;
      late: number;
      silent: number;
      invalid: number;
    };
    WalletRequest: {
      /** @description The EIP-4361 text that was signed. */
      message: string;
      /** @description 65 bytes, 0x hex. */
      signature: string;
    };
    WantedRequest: {
      wanted: number;
    };
    WorkAnswer: {
      items: components['schemas']['WorkView'][];
    };
    WorkView: {
      leaseId: string;
      nodeId: string;
      /** @enum {string} */
      kind: 'move' | 'plot' | 'replica';
      k: number;
      phase: string;
      /** @description 0 … 1 */
      fraction: number;
      startedAt: string;
      expiresAt: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  AlertsController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertsAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminAppealsController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AppealsAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminAppealsController_answer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AppealAnswerRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsequenceView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminAppealsController_evidence: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EvidenceAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminCampaignsController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignsAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminCampaignsController_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CampaignRequest'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  PreviewController_preview: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PreviewRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreviewAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminCampaignsController_rates: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewRatesRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminCampaignsController_approveRates: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminCampaignsController_state: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CampaignStateRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminChequesController_all: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChequebooksAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminChequesController_rounds: {
    parameters: {
      query?: {
        /** @description How many, 1 … 200. */
        limit?: number;
        /** @description The `next` of the page before. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChequeRoundsPage'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminChequesController_approve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChequeRoundView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminChequesController_stop: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChequeRoundView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminDataSetsController_page: {
    parameters: {
      query?: {
        /** @description How many, 1 … 200. */
        limit?: number;
        /** @description The `next` of the page before. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DataSetsPage'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminDataSetsController_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DataSetRequest'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DataSetCreated'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminDataSetsController_content: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminDataSetsController_upload: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/octet-stream': string;
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminDataSetsController_replicas: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplicasAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminDataSetsController_want: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WantedRequest'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminNodesController_list: {
    parameters: {
      query?: {
        /** @description How many, 1 … 200. */
        limit?: number;
        /** @description The `next` of the page before. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminNodesPage'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminController_overview: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OverviewAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminPayoutsController_page: {
    parameters: {
      query?: {
        /** @description How many, 1 … 200. */
        limit?: number;
        /** @description The `next` of the page before. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PayoutRootsPage'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminPayoutsController_approve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PayoutRootView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AdminTasksController_page: {
    parameters: {
      query?: {
        /** @description How many, 1 … 200. */
        limit?: number;
        /** @description The `next` of the page before. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TasksPage'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  TreasuryController_all: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TreasuryAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AuthController_nonce: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NonceAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AuthController_password: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PasswordRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AuthController_register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterRequest'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AuthController_signOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  AuthController_wallet: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WalletRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  BundlesController_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        campaignId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BundlesAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  BundlesController_manifest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        campaignId: string;
        epochIndex: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            [key: string]: unknown;
          };
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  BundlesController_file: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        campaignId: string;
        epochIndex: number;
        file: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/zstd': string;
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  CampaignsController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignsAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  CampaignsController_epochsOf: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EpochsAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  FundsController_funds: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignFunds'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  CenterController_center: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CenterAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  ChequesController_at: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChequesAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  StandingController_page: {
    parameters: {
      query?: {
        /** @description How many, 1 … 200. */
        limit?: number;
        /** @description The `next` of the page before. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsequencesPage'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  StandingController_appeal: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AppealRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsequenceView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  StandingController_evidence: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EvidenceAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  EarningsController_beeNodes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BeeEarningsAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  EarningsController_days: {
    parameters: {
      query: {
        campaignId: string;
        /** @description How many days back, 1 … 366. */
        days?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EarningsDays'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  EarningsController_held: {
    parameters: {
      query: {
        campaignId: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HeldPartsAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  EarningsController_lines: {
    parameters: {
      query: {
        /** @description How many, 1 … 200. */
        limit?: number;
        /** @description The `next` of the page before. */
        before?: string;
        campaignId: string;
        /** @description UTC day, YYYY-MM-DD. */
        day?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RewardLinesPage'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  EarningsController_line: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RewardLineDetail'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  EarningsController_summary: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EarningsSummary'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  CenterController_health: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  MeController_me: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  MeController_change: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProfileRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  BeeNodesController_mine: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BeeNodesAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  BeeNodesController_checks: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        nodeId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BeeChecksAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  BeeNodesController_unlink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        overlay: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  MyChequesController_mine: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MyChequesAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  MyChequesController_file: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  MeController_payoutAddress: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PayoutAddressRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  MeController_keepPayoutAddress: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  MeController_payoutAddresses: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PayoutAddressesAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  ReferralController_view: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReferralView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  ReferralController_say: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReferralRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReferralView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  MeController_linkWallet: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WalletRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  NodesController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NodesAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  NodesController_newCode: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PairingCodeAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  NodesController_pair: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          code: string;
          publicKey: string;
          name: string;
          roles: ('plotter' | 'storer' | 'bee')[];
          report: {
            os: string;
            arch: string;
            cores: number;
            memoryBytes: number;
            clientVersion: string;
            storeBytes: number;
            storeFreeBytes: number | null;
            tempFreeBytes: number | null;
            makes?: string[];
            keeps?: string[];
          };
          signature: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PairAnswerView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  NodesController_revoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  PayoutsController_page: {
    parameters: {
      query?: {
        /** @description How many, 1 … 200. */
        limit?: number;
        /** @description The `next` of the page before. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PayoutsPage'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  PayoutWishesController_all: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PayoutWishesAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  PayoutWishesController_set: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PayoutWishRequest'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PayoutWishView'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  PlotsController_page: {
    parameters: {
      query?: {
        /** @description How many, 1 … 200. */
        limit?: number;
        /** @description The `next` of the page before. */
        before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlotsPage'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  StatementsController_statement: {
    parameters: {
      query: {
        campaignId: string;
        /** @description UTC day, YYYY-MM-DD. */
        from: string;
        /** @description UTC day, in it too; at most 366 days. */
        to: string;
        format: 'csv' | 'json' | 'pdf';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/json': string;
          'application/pdf': string;
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
  WorkController_work: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkAnswer'];
        };
      };
      /** @description Refused; nothing was changed. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorBody'];
        };
      };
    };
  };
}
