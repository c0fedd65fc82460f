// Written by scripts/api-metadata.mjs from the types and comments of controllers and DTOs.
export default async () => {
  const t = {
    "../accounts/dto/answers.js": await import("../accounts/dto/answers.js"),
    "../admin/alerts/dto.js": await import("../admin/alerts/dto.js"),
    "../admin/dto.js": await import("../admin/dto.js"),
    "../audits/dto.js": await import("../audits/dto.js"),
    "../audits/standing/dto.js": await import("../audits/standing/dto.js"),
    "../campaigns/dto.js": await import("../campaigns/dto.js"),
    "../cheques/dto.js": await import("../cheques/dto.js"),
    "../nodes/dto.js": await import("../nodes/dto.js"),
    "../payouts/dto.js": await import("../payouts/dto.js"),
    "../payouts/wishes/dto.js": await import("../payouts/wishes/dto.js"),
    "../rewards/bundles/dto.js": await import("../rewards/bundles/dto.js"),
    "../rewards/dto.js": await import("../rewards/dto.js"),
    "../rewards/preview/dto.js": await import("../rewards/preview/dto.js"),
    "../swarm/bee-nodes/dto.js": await import("../swarm/bee-nodes/dto.js"),
    "../swarm/data-sets/dto.js": await import("../swarm/data-sets/dto.js"),
    "../tasks/dto.js": await import("../tasks/dto.js"),
    "../treasury/dto.js": await import("../treasury/dto.js"),
  };
  return { "@nestjs/swagger": {
    "models": [
        [import("../accounts/dto/answers.js"), {
                "NonceAnswer": { nonce: { required: true, type: () => String }, expiresAt: { required: true, type: () => String } },
                "AddressView": { address: { required: true, type: () => String }, effectiveAt: { required: true, type: () => String, description: "From when on it is paid to." } },
                "AddressChangeView": { setAt: { required: true, type: () => String }, cancelledAt: { required: true, type: () => String, nullable: true, description: "When it was called off, or replaced, before it took effect." } },
                "PayoutAddressesAnswer": { items: { required: true, type: () => [t["../accounts/dto/answers.js"].AddressChangeView] } },
                "MeAnswer": { id: { required: true, type: () => String }, displayName: { required: true, type: () => String }, email: { required: true, type: () => String, nullable: true }, walletAddress: { required: true, type: () => String, nullable: true }, role: { required: true, "enum": ["admin", "contributor"] }, locale: { required: true, "enum": ["en", "zh"] }, payoutAddress: { required: true, type: () => t["../accounts/dto/answers.js"].AddressView, nullable: true }, pendingPayoutAddress: { required: true, type: () => t["../accounts/dto/answers.js"].AddressView, nullable: true } }
            }],
        [import("../accounts/dto/requests.js"), {
                "RegisterRequest": { email: { required: true, type: () => String, maxLength: 254, format: "email" }, password: { required: true, type: () => String, description: "At least ten characters.", minLength: 10, maxLength: 200 }, displayName: { required: true, type: () => String, minLength: 1, maxLength: 60 } },
                "PasswordRequest": { email: { required: true, type: () => String, maxLength: 254, format: "email" }, password: { required: true, type: () => String, minLength: 1, maxLength: 200 } },
                "WalletRequest": { message: { required: true, type: () => String, description: "The EIP-4361 text that was signed.", minLength: 1, maxLength: 2000 }, signature: { required: true, type: () => String, description: "65 bytes, 0x hex.", pattern: "^0x[0-9a-fA-F]{130}$" } },
                "ProfileRequest": { displayName: { required: false, type: () => String, minLength: 1, maxLength: 60 }, locale: { required: false, "enum": ["en", "zh"] } },
                "PayoutAddressRequest": { address: { required: true, type: () => String, description: "EVM address, 0x hex; a mixed-case one must have a right EIP-55 checksum.", minLength: 1, maxLength: 100 } }
            }],
        [import("../admin/alerts/dto.js"), {
                "AlertView": { id: { required: true, type: () => String }, code: { required: true, "enum": ["books_differ", "chain_contradicts", "chain_unreachable", "cheque_bounced", "cheques_uncovered", "cheques_unsigned", "epoch_stalled", "funds_exhausted", "funds_for_14_days", "funds_for_2_days", "funds_for_7_days", "gas_low", "payment_unreadable", "round_stalled"] }, severity: { required: true, "enum": ["critical", "warning"] }, subject: { required: true, type: () => String, description: "What it is about: the id of a campaign, or the name of a part of the center." }, detail: { required: true, type: "object", additionalProperties: { type: "string" }, description: "Figures, as they were last seen." }, raisedAt: { required: true, type: () => String }, seenAt: { required: true, type: () => String, description: "When it was last seen to be so." }, clearedAt: { required: true, type: () => String, nullable: true, description: "Null while it is so." }, ageSeconds: { required: true, type: () => Number, description: "How long it has been, or was, so." } },
                "AlertsAnswer": { items: { required: true, type: () => [t["../admin/alerts/dto.js"].AlertView] } }
            }],
        [import("../admin/dto.js"), {
                "PlotCountsView": { registered: { required: true, type: () => Number }, accepted: { required: true, type: () => Number }, rejected: { required: true, type: () => Number }, lost: { required: true, type: () => Number } },
                "OverviewAnswer": { nodes: { required: true, type: () => Number }, nodesOnline: { required: true, type: () => Number }, plots: { required: true, type: () => t["../admin/dto.js"].PlotCountsView, description: "Of space; replicas of data sets are counted apart." }, replicas: { required: true, type: () => t["../admin/dto.js"].PlotCountsView }, checksLastDay: { required: true, type: () => t["../audits/dto.js"].VerdictCountsView, description: "Every check of the last 24 hours." }, openTasks: { required: true, type: () => Number }, pendingPayouts: { required: true, type: () => Number } },
                "DemoSignIn": { label: { required: true, type: () => String }, email: { required: true, type: () => String }, password: { required: true, type: () => String } },
                "CenterAnswer": { name: { required: true, type: () => String }, version: { required: true, type: () => String }, publicKey: { required: true, type: () => String, description: "Ed25519 key that receipts are signed with, hex." }, time: { required: true, type: () => String }, demo: { required: true, type: () => Boolean }, demoSignIns: { required: true, type: () => [t["../admin/dto.js"].DemoSignIn], description: "Ready-made sign-ins; only in a demo." } },
                "HealthAnswer": { ok: { required: true, type: () => Boolean }, database: { required: true, type: () => Boolean }, chain: { required: true, type: () => Boolean } }
            }],
        [import("../audits/dto.js"), {
                "VerdictCountsView": { proved: { required: true, type: () => Number }, empty: { required: true, type: () => Number }, late: { required: true, type: () => Number }, silent: { required: true, type: () => Number }, invalid: { required: true, type: () => Number } },
                "LastCheckView": { verdict: { required: true, "enum": ["empty", "invalid", "late", "proved", "silent"] }, at: { required: true, type: () => String } },
                "PlotView": { id: { required: true, type: () => String }, plotId: { required: true, type: () => String, description: "32 bytes, hex." }, kind: { required: true, type: () => String, description: "Its proof format." }, k: { required: true, type: () => Number }, plotBytes: { required: true, type: () => Number }, state: { required: true, "enum": ["accepted", "lost", "registered", "rejected"] }, campaignId: { required: true, type: () => String }, nodeId: { required: true, type: () => String, nullable: true, description: "My node that keeps it; null when another contributor's does." }, keptByMe: { required: true, type: () => Boolean }, plottedByMe: { required: true, type: () => Boolean }, registeredAt: { required: true, type: () => String }, acceptedAt: { required: true, type: () => String, nullable: true }, lastCheck: { required: true, type: () => t["../audits/dto.js"].LastCheckView, nullable: true, description: "Null: not checked yet." }, checks: { required: true, type: () => t["../audits/dto.js"].VerdictCountsView } },
                "PlotsPage": { items: { required: true, type: () => [t["../audits/dto.js"].PlotView] }, next: { required: true, type: () => String, nullable: true } }
            }],
        [import("../audits/standing/dto.js"), {
                "AppealRequest": { text: { required: true, type: () => String, minLength: 1, maxLength: 4000 } },
                "AppealAnswerRequest": { text: { required: true, type: () => String, minLength: 1, maxLength: 4000 }, excused: { required: true, type: () => Boolean, description: "Whether the step is undone." } },
                "FractionView": { bps: { required: true, type: () => Number }, lowBps: { required: true, type: () => Number }, highBps: { required: true, type: () => Number }, tries: { required: true, type: () => Number }, proofs: { required: true, type: () => Number } },
                "ConsequenceView": { id: { required: true, type: () => String }, nodeId: { required: true, type: () => String }, nodeName: { required: true, type: () => String }, from: { required: true, "enum": ["active", "notice", "probation", "suspended"] }, to: { required: true, "enum": ["active", "notice", "probation", "suspended"] }, cause: { required: true, "enum": ["appeal_granted", "kept_in_part", "plot_lost", "plots_absent", "time_passed"] }, at: { required: true, type: () => String }, reviewAt: { required: true, type: () => String, nullable: true, description: "When the node goes one stage better if nothing new is found." }, plotIds: { required: true, type: () => [String] }, checkIds: { required: true, type: () => [String] }, fraction: { required: true, type: () => t["../audits/standing/dto.js"].FractionView, nullable: true }, mayAppeal: { required: true, type: () => Boolean }, appeal: { required: true, type: () => String, nullable: true }, appealedAt: { required: true, type: () => String, nullable: true }, answerDueAt: { required: true, type: () => String, nullable: true, description: "Not answered by then, the appeal is granted." }, answer: { required: true, type: () => String, nullable: true }, answeredAt: { required: true, type: () => String, nullable: true }, excused: { required: true, type: () => Boolean, nullable: true } },
                "ConsequencesPage": { items: { required: true, type: () => [t["../audits/standing/dto.js"].ConsequenceView] }, next: { required: true, type: () => String, nullable: true } },
                "AppealsAnswer": { items: { required: true, type: () => [t["../audits/standing/dto.js"].ConsequenceView] } },
                "EvidenceCheckView": { id: { required: true, type: () => String }, roundId: { required: true, type: () => String }, roundIndex: { required: true, type: () => Number }, roundKind: { required: true, "enum": ["acceptance", "broadcast", "confirmation", "custody"] }, plotId: { required: true, type: () => String }, beacon: { required: true, type: () => String }, sentAt: { required: true, type: () => String }, deadlineAt: { required: true, type: () => String }, verdict: { required: true, nullable: true, description: "Null: not closed yet.", "enum": ["empty", "invalid", "late", "proved", "silent"] }, withheld: { required: true, type: () => Boolean, description: "Not answered while the node was heard of." }, receivedAt: { required: true, type: () => String, nullable: true }, subIndex: { required: true, type: () => Number, nullable: true }, proof: { required: true, type: () => String, nullable: true }, answerSignature: { required: true, type: () => String, nullable: true, description: "The node's signature over its answer; hex." }, receiptSignature: { required: true, type: () => String, nullable: true, description: "The center's over its receipt; hex." } },
                "EvidenceAnswer": { items: { required: true, type: () => [t["../audits/standing/dto.js"].EvidenceCheckView] } }
            }],
        [import("../campaigns/dto.js"), {
                "RatesRequest": { plottingPerPlot: { required: true, type: "object", additionalProperties: { type: "string" }, description: "Base units per accepted plot, by k." }, immediateBps: { required: true, type: () => Number, description: "Part of it paid at once, 1/10000.", minimum: 0, maximum: 10000 }, storagePerPlotEquivalentHour: { required: true, type: () => String, description: "Base units per plot-equivalent (one k=32 plot) and hour." }, referralBps: { required: false, type: () => Number, description: "Share of the released reward of whom one brought, 1/10000; none when omitted.", minimum: 0, maximum: 500 }, beePerNeighbourhoodDay: { required: false, type: () => String, description: "Base units that the Bee nodes of one Swarm neighbourhood share in a day; none when omitted." } },
                "NewRatesRequest": { effectiveAt: { required: true, type: () => String, description: "From when on; not in the past." } },
                "CampaignRequest": { name: { required: true, type: () => String, minLength: 1, maxLength: 80 }, tokenAddress: { required: true, type: () => String }, payoutContract: { required: true, type: () => String, description: "The PayoutCampaign contract, or the Chequebook of the key that signs cheques." }, payoutKind: { required: false, description: "Fixed from then on; `push` when omitted.", "enum": ["cheques", "push"] }, disputeSeconds: { required: false, type: () => Number, description: "By cheques: time between approval and signing, in which an admin may stop them; a day when omitted.", minimum: 0 }, chainId: { required: false, type: () => Number, description: "The chain it is on, one of those in the center's settings; the first of them when omitted.", minimum: 1, maximum: 2147483647 }, startsAt: { required: true, type: () => String }, endsAt: { required: true, type: () => String }, epochSeconds: { required: true, type: () => Number, minimum: 5 }, roundSeconds: { required: true, type: () => Number, minimum: 1, maximum: 86400 }, checksPerPlotPerDay: { required: false, type: () => Number, description: "How often each plot is due, on average; 2 when omitted.", minimum: 1, maximum: 86400 }, nodeChecksPerDay: { required: false, type: () => Number, description: "How often a node is asked at least, however few plots it keeps; 48 when omitted.", minimum: 0, maximum: 86400 }, confirmAfterSeconds: { required: false, type: () => Number, description: "Pause before a plot that was asked for in vain is asked for again; a day when omitted.", minimum: 1 }, appealSeconds: { required: false, type: () => Number, description: "Time to appeal against a loss, and for an admin to answer; three days when omitted.", minimum: 0 }, accountCapPerEpoch: { required: false, type: () => String, description: "Most that newly accrues in one epoch, base units: to an account, \u2026" }, clusterCapPerEpoch: { required: false, type: () => String, description: "\u2026 to accounts that are paid to one address, \u2026" }, referralCapPerEpoch: { required: false, type: () => String, description: "\u2026 and to an account for whom it brought." }, deadlineMs: { required: false, type: () => Number, description: "Time to answer, at most 20 s.", minimum: 500, maximum: 20000 }, plotKind: { required: false, type: () => String, description: "The kind of plots it asks for; `chia-v1` when omitted.", pattern: "^[a-z0-9-]{1,32}$" }, minK: { required: true, type: () => Number, description: "The smallest plot that counts, and those it asks for, in steps of the kind.", minimum: 1, maximum: 255 }, taskK: { required: true, type: () => Number, minimum: 1, maximum: 255 }, plotTarget: { required: true, type: () => Number, minimum: 0, maximum: 10000000 }, retentionSeconds: { required: true, type: () => Number, minimum: 0 }, rates: { required: true, type: () => t["../campaigns/dto.js"].RatesRequest } },
                "CampaignStateRequest": { state: { required: true, "enum": ["active", "closed", "paused"] } },
                "TokenView": { address: { required: true, type: () => String }, symbol: { required: true, type: () => String }, decimals: { required: true, type: () => Number }, chainId: { required: true, type: () => Number } },
                "RatesView": { version: { required: true, type: () => Number }, effectiveAt: { required: true, type: () => String }, plottingPerPlot: { required: true, type: "object", additionalProperties: { type: "string" } }, immediateBps: { required: true, type: () => Number }, storagePerPlotEquivalentHour: { required: true, type: () => String }, referralBps: { required: true, type: () => Number }, beePerNeighbourhoodDay: { required: true, type: () => String } },
                "CampaignView": { id: { required: true, type: () => String }, name: { required: true, type: () => String }, state: { required: true, "enum": ["active", "closed", "draft", "paused"] }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, payoutKind: { required: true, "enum": ["cheques", "push"] }, disputeSeconds: { required: true, type: () => Number, nullable: true, description: "By cheques: time between approval and signing; else null." }, payoutContract: { required: true, type: () => String }, chainName: { required: true, type: () => String }, explorerUrl: { required: true, type: () => String, nullable: true }, startsAt: { required: true, type: () => String }, endsAt: { required: true, type: () => String }, epochSeconds: { required: true, type: () => Number }, roundSeconds: { required: true, type: () => Number }, checksPerPlotPerDay: { required: true, type: () => Number }, nodeChecksPerDay: { required: true, type: () => Number }, confirmAfterSeconds: { required: true, type: () => Number }, appealSeconds: { required: true, type: () => Number }, accountCapPerEpoch: { required: true, type: () => String, nullable: true, description: "Base units; null: no limit." }, clusterCapPerEpoch: { required: true, type: () => String, nullable: true }, referralCapPerEpoch: { required: true, type: () => String, nullable: true }, deadlineMs: { required: true, type: () => Number }, plotKind: { required: true, type: () => String, description: "The kind of plots it asks for and pays." }, minK: { required: true, type: () => Number }, taskK: { required: true, type: () => Number }, plotTarget: { required: true, type: () => Number }, retentionSeconds: { required: true, type: () => Number }, plotsUntil: { required: true, type: () => String, description: "When new plots cease to be handed out: the retention time before its end." }, tooLateForPlots: { required: true, type: () => Boolean, description: "It goes on, but hands out no new plots: they could not be kept for the retention time any more." }, rates: { required: true, type: () => t["../campaigns/dto.js"].RatesView }, nextRates: { required: true, type: () => t["../campaigns/dto.js"].RatesView, nullable: true }, waitingRates: { required: true, type: () => t["../campaigns/dto.js"].RatesView, nullable: true, description: "A large rise that a second admin has not agreed to yet." }, fundsLowSince: { required: true, type: () => String, nullable: true, description: "Small plots, short epochs: for showing, worth nothing." }, pausedForFunds: { required: true, type: () => Boolean, description: "Paused because everything funded is promised; it goes on by itself when money came in." }, demo: { required: true, type: () => Boolean } },
                "CampaignsAnswer": { items: { required: true, type: () => [t["../campaigns/dto.js"].CampaignView] } },
                "EpochView": { index: { required: true, type: () => Number }, startsAt: { required: true, type: () => String }, endsAt: { required: true, type: () => String }, secretHash: { required: true, type: () => String }, secret: { required: true, type: () => String, nullable: true, description: "Only after the epoch has ended." } },
                "EpochsAnswer": { items: { required: true, type: () => [t["../campaigns/dto.js"].EpochView] } }
            }],
        [import("../cheques/dto.js"), {
                "ChequebookView": { balance: { required: true, type: () => String, description: "Base units, both; the second without what hard deposits bind." }, liquidBalance: { required: true, type: () => String }, covered: { required: true, type: () => Boolean, description: "Whether everything uncashed is covered." }, bounced: { required: true, type: () => Boolean, description: "Whether a cheque of it ever could not be paid in full." }, readAt: { required: true, type: () => String } },
                "LastCashView": { tx: { required: true, type: () => String }, txUrl: { required: true, type: () => String, nullable: true, description: "Null when the chain has no explorer configured." }, blockNumber: { required: true, type: () => Number }, at: { required: true, type: () => String } },
                "ChequeView": { id: { required: true, type: () => String }, campaignId: { required: true, type: () => String }, campaignName: { required: true, type: () => String }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, chainName: { required: true, type: () => String }, chequebook: { required: true, type: () => String }, beneficiary: { required: true, type: () => String }, number: { required: true, type: () => Number }, cumulativePayout: { required: true, type: () => String, description: "Base units each, of all time: what it says, what was cashed (final on chain), and what is left." }, cashed: { required: true, type: () => String }, uncashed: { required: true, type: () => String }, state: { required: true, "enum": ["bounced", "cashed", "issued", "partly_cashed"] }, signedAt: { required: true, type: () => String }, lastCash: { required: true, type: () => t["../cheques/dto.js"].LastCashView, nullable: true }, onChain: { required: true, type: () => t["../cheques/dto.js"].ChequebookView, nullable: true, description: "Null while it was never read." } },
                "MyChequeView": { mine: { required: true, type: () => String, description: "Base units of it that are mine: others may be paid at the same address." } },
                "ChequeHoldView": { reason: { required: true, "enum": ["below_minimum", "over_fee_share"] }, until: { required: true, type: () => String, description: "Base units from which on it would be signed." } },
                "ComingChequeView": { campaignId: { required: true, type: () => String }, campaignName: { required: true, type: () => String }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, amount: { required: true, type: () => String, description: "Base units." }, round: { required: true, nullable: true, description: "Null when no epoch has closed since the last cheque.", "enum": ["approved", "waiting"] }, signableFrom: { required: true, type: () => String, nullable: true, description: "When what is approved can be signed." }, held: { required: true, type: () => t["../cheques/dto.js"].ChequeHoldView, nullable: true, description: "Why it would wait, as I asked for." } },
                "MyChequesAnswer": { at: { required: true, type: () => String }, items: { required: true, type: () => [t["../cheques/dto.js"].MyChequeView] }, coming: { required: true, type: () => [t["../cheques/dto.js"].ComingChequeView] } },
                "ChequeFile": { format: { required: true, type: () => String }, chainId: { required: true, type: () => Number }, chequebook: { required: true, type: () => String }, token: { required: true, type: () => String }, issuer: { required: true, type: () => String }, beneficiary: { required: true, type: () => String }, cumulativePayout: { required: true, type: () => String }, signature: { required: true, type: () => String } },
                "PublicChequeView": { file: { required: true, type: () => t["../cheques/dto.js"].ChequeFile } },
                "ChequesAnswer": { at: { required: true, type: () => String }, items: { required: true, type: () => [t["../cheques/dto.js"].PublicChequeView] } },
                "ChequeRoundView": { id: { required: true, type: () => String }, campaignId: { required: true, type: () => String }, campaignName: { required: true, type: () => String }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, number: { required: true, type: () => Number }, epochIndex: { required: true, type: () => Number }, dataHash: { required: true, type: () => String }, treeRoot: { required: true, type: () => String }, amount: { required: true, type: () => String, description: "Base units due when it was made, to so many accounts." }, recipients: { required: true, type: () => Number }, held: { required: true, type: () => Number, description: "Accounts that asked to wait." }, state: { required: true, "enum": ["approved", "done", "open", "stopped", "waiting"] }, createdAt: { required: true, type: () => String }, signableFrom: { required: true, type: () => String, nullable: true } },
                "ChequeRoundsPage": { items: { required: true, type: () => [t["../cheques/dto.js"].ChequeRoundView] }, next: { required: true, type: () => String, nullable: true } },
                "ChequebookStandingView": { campaignId: { required: true, type: () => String }, campaignName: { required: true, type: () => String }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, chainName: { required: true, type: () => String }, chequebook: { required: true, type: () => String }, disputeSeconds: { required: true, type: () => Number }, inCheques: { required: true, type: () => String, description: "Base units: in cheques, cashed of that, and left." }, cashed: { required: true, type: () => String }, uncashed: { required: true, type: () => String }, wanted: { required: true, type: () => String, nullable: true, description: "Base units: what is uncashed with what would be signed next; null while the chequebook was never read." }, beneficiaries: { required: true, type: () => Number }, unsigned: { required: true, type: () => Number, description: "Fixed and not signed yet." }, issuer: { required: true, type: () => String, nullable: true, description: "The issuer that the chequebook names; null while it was never read." }, onChain: { required: true, type: () => t["../cheques/dto.js"].ChequebookView, nullable: true } },
                "ChequebooksAnswer": { at: { required: true, type: () => String }, items: { required: true, type: () => [t["../cheques/dto.js"].ChequebookStandingView] } }
            }],
        [import("../nodes/dto.js"), {
                "PairingCodeAnswer": { code: { required: true, type: () => String, description: "XXXX-XXXX, shown once." }, expiresAt: { required: true, type: () => String } },
                "MachineReportView": { os: { required: true, type: () => String }, arch: { required: true, type: () => String }, cores: { required: true, type: () => Number }, memoryBytes: { required: true, type: () => Number }, clientVersion: { required: true, type: () => String }, storeBytes: { required: true, type: () => Number }, storeFreeBytes: { required: true, type: () => Number, nullable: true }, tempFreeBytes: { required: true, type: () => Number, nullable: true }, makes: { required: false, type: () => [String], description: "Kinds of plots it can make, and can keep; what an older client does not say." }, keeps: { required: false, type: () => [String] } },
                "NodeView": { id: { required: true, type: () => String }, name: { required: true, type: () => String }, roles: { required: true, type: () => [Object], "enum": ["bee", "plotter", "storer"], isArray: true }, state: { required: true, "enum": ["active", "left", "revoked"] }, online: { required: true, type: () => Boolean }, lastSeenAt: { required: true, type: () => String, nullable: true }, pairedAt: { required: true, type: () => String }, storeBytes: { required: true, type: () => Number }, report: { required: true, type: () => t["../nodes/dto.js"].MachineReportView } },
                "NodesAnswer": { items: { required: true, type: () => [t["../nodes/dto.js"].NodeView] } },
                "AdminNodeView": { accountId: { required: true, type: () => String }, accountName: { required: true, type: () => String } },
                "AdminNodesPage": { items: { required: true, type: () => [t["../nodes/dto.js"].AdminNodeView] }, next: { required: true, type: () => String, nullable: true } },
                "PairAnswerView": { nodeId: { required: true, type: () => String }, centerPublicKey: { required: true, type: () => String, description: "Ed25519 key that receipts are signed with, hex." }, centerName: { required: true, type: () => String } }
            }],
        [import("../payouts/dto.js"), {
                "HoldView": { reason: { required: true, "enum": ["below_minimum", "over_fee_share"] }, until: { required: true, type: () => String, description: "Base units from which on it would be sent, at the fee of when this was last looked at." } },
                "PayoutView": { id: { required: true, type: () => String }, campaignId: { required: true, type: () => String }, campaignName: { required: true, type: () => String }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, address: { required: true, type: () => String }, amount: { required: true, type: () => String, description: "Base units." }, units: { required: true, type: () => String }, state: { required: true, "enum": ["carried", "confirmed", "failed", "held", "pending", "sent"] }, held: { required: true, type: () => t["../payouts/dto.js"].HoldView, nullable: true, description: "Why it waits, as its contributor asked for." }, tx: { required: true, type: () => String, nullable: true }, txUrl: { required: true, type: () => String, nullable: true, description: "Null when the chain has no explorer configured." }, blockNumber: { required: true, type: () => Number, nullable: true }, at: { required: true, type: () => String }, epochIndex: { required: true, type: () => Number } },
                "PayoutsPage": { items: { required: true, type: () => [t["../payouts/dto.js"].PayoutView] }, next: { required: true, type: () => String, nullable: true } },
                "RootTransactionView": { purpose: { required: true, "enum": ["activate", "approve", "propose", "push"] }, hash: { required: true, type: () => String }, state: { required: true, "enum": ["final", "replaced", "reverted", "waiting"] } },
                "PayoutRootView": { id: { required: true, type: () => String }, campaignId: { required: true, type: () => String }, campaignName: { required: true, type: () => String }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, number: { required: true, type: () => Number }, epochIndex: { required: true, type: () => Number }, root: { required: true, type: () => String }, totalUnits: { required: true, type: () => String }, dataHash: { required: true, type: () => String }, swarmReference: { required: true, type: () => String, nullable: true, description: "Where the bundle behind it lies on Swarm, 32 bytes hex; null: not there." }, recipients: { required: true, type: () => Number }, amount: { required: true, type: () => String, description: "Base units this root pays." }, state: { required: true, "enum": ["active", "approved", "built", "paid", "proposed", "vetoed"] }, createdAt: { required: true, type: () => String }, awaitsApproval: { required: true, type: () => Boolean, description: "Whether an admin can approve it here now." }, transactions: { required: true, type: () => [t["../payouts/dto.js"].RootTransactionView] } },
                "PayoutRootsPage": { items: { required: true, type: () => [t["../payouts/dto.js"].PayoutRootView] }, next: { required: true, type: () => String, nullable: true } }
            }],
        [import("../payouts/wishes/dto.js"), {
                "PayoutWishRequest": { minimum: { required: true, type: () => String, description: "Base units: less than this is not sent. `0` for none; at most what a payout contract can pay one account.", pattern: "^(0|[1-9]\\d{0,76})$" }, maxFeeBps: { required: true, type: () => Number, nullable: true, description: "The most that the expected fee may be of a payout, 1 \u2026 10000 in 1/10000; null for any.", minimum: 1, maximum: 10000 } },
                "ExpectedFeeView": { gas: { required: true, type: () => String, description: "Gas for one payee." }, measured: { required: true, type: () => Boolean, description: "Whether that was measured at this campaign's own payouts; else it is the figure of the benchmark." }, weiPerGas: { required: true, type: () => String }, wei: { required: true, type: () => String, description: "10^-18 of the chain's coin, paid by the operator." }, readAt: { required: true, type: () => String }, shareBps: { required: true, type: () => Number, nullable: true, description: "Of what is due now, in 1/10000; null when there is no price or nothing due." } },
                "PayoutWishView": { campaignId: { required: true, type: () => String }, campaignName: { required: true, type: () => String }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, chainName: { required: true, type: () => String }, minimum: { required: true, type: () => String, description: "Base units." }, mostMinimum: { required: true, type: () => String, description: "The most that can be asked for." }, maxFeeBps: { required: true, type: () => Number, nullable: true }, due: { required: true, type: () => String, description: "Earned and not yet paid, base units." }, fee: { required: true, type: () => t["../payouts/wishes/dto.js"].ExpectedFeeView, nullable: true, description: "Null while the chain's fee is unknown." } },
                "PayoutWishesAnswer": { prices: { required: true, type: () => Boolean, description: "Whether there are prices, without which a fee has no share." }, items: { required: true, type: () => [t["../payouts/wishes/dto.js"].PayoutWishView] } }
            }],
        [import("../platform/paging.js"), {
                "PageQuery": { limit: { required: true, type: () => Number, description: "How many, 1 \u2026 200.", default: 50, minimum: 1, maximum: 200 }, before: { required: false, type: () => String, description: "The `next` of the page before." } }
            }],
        [import("../rewards/bundles/dto.js"), {
                "BundleItem": { epochIndex: { required: true, type: () => Number }, manifestHash: { required: true, type: () => String, description: "What the next bundle and payout roots know it by, hex." }, bytes: { required: true, type: () => Number, description: "Size of all files, compressed." }, swarmReference: { required: true, type: () => String, nullable: true, description: "Where it also lies on Swarm, 32 bytes hex (`croft verify bzz://\u2026`); null: not there." }, at: { required: true, type: () => String } },
                "BundlesAnswer": { items: { required: true, type: () => [t["../rewards/bundles/dto.js"].BundleItem] } }
            }],
        [import("../rewards/dto.js"), {
                "DaysQuery": { campaignId: { required: true, type: () => String, format: "uuid" }, days: { required: true, type: () => Number, description: "How many days back, 1 \u2026 366.", default: 30, minimum: 1, maximum: 366 } },
                "LinesQuery": { campaignId: { required: true, type: () => String, format: "uuid" }, day: { required: false, type: () => String, description: "UTC day, YYYY-MM-DD.", pattern: "^\\d{4}-\\d{2}-\\d{2}$" } },
                "BalancesView": { campaignId: { required: true, type: () => String }, campaignName: { required: true, type: () => String }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, held: { required: true, type: () => String, description: "Base units, each." }, released: { required: true, type: () => String }, published: { required: true, type: () => String }, paid: { required: true, type: () => String } },
                "EarningsSummary": { campaigns: { required: true, type: () => [t["../rewards/dto.js"].BalancesView] } },
                "BeeEarningsView": { nodeId: { required: true, type: () => String }, campaignId: { required: true, type: () => String }, campaignName: { required: true, type: () => String }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, units: { required: true, type: () => String, description: "Base units." }, vouchedMs: { required: true, type: () => Number, description: "For how long its checks vouched for a reserve." } },
                "BeeEarningsAnswer": { items: { required: true, type: () => [t["../rewards/dto.js"].BeeEarningsView] } },
                "HeldPartView": { plotId: { required: true, type: () => String, description: "32 bytes, hex." }, k: { required: true, type: () => Number }, amount: { required: true, type: () => String, description: "Base units." }, reason: { required: true, description: "`unproved`: not proved for so long that its time stands still; `doubt`: asked for in vain, and to be asked for again;\n`lost`: forfeited unless there is an appeal; `appeal`: there is one, which is to be answered.", "enum": ["appeal", "doubt", "lost", "unproved"] }, until: { required: true, type: () => String, nullable: true, description: "When it is forfeited if nobody proves it, asked for again, forfeited, or answered; null: not known." }, provedAt: { required: true, type: () => String, description: "Up to when it is known to be kept." }, missed: { required: true, type: () => Number, description: "How often it was asked for in vain since then." }, remainingMs: { required: true, type: () => Number, description: "Milliseconds for which it must still be proved." } },
                "HeldPartsAnswer": { running: { required: true, type: () => Number, description: "Those whose retention time goes by, and what they come to in base units." }, runningAmount: { required: true, type: () => String }, nextAt: { required: true, type: () => String, nullable: true, description: "When the first of them is due to be released, at the end of its epoch, if it goes on being proved." }, putOff: { required: true, type: () => Number, description: "All whose release is put off, and what they come to." }, putOffAmount: { required: true, type: () => String }, items: { required: true, type: () => [t["../rewards/dto.js"].HeldPartView], description: "The first 200 of those, longest unproved first." } },
                "HeldPartsQuery": { campaignId: { required: true, type: () => String, format: "uuid" } },
                "EarningsDay": { day: { required: true, type: () => String }, plotting: { required: true, type: () => String }, storage: { required: true, type: () => String }, other: { required: true, type: () => String }, total: { required: true, type: () => String } },
                "EarningsDays": { items: { required: true, type: () => [t["../rewards/dto.js"].EarningsDay] } },
                "BudgetCutView": { due: { required: true, type: () => String }, available: { required: true, type: () => String } },
                "PartView": { ofPlots: { required: true, type: () => Number }, tries: { required: true, type: () => Number }, proofs: { required: true, type: () => Number }, lowBps: { required: true, type: () => Number }, highBps: { required: true, type: () => Number } },
                "NetworkView": { pings: { required: true, type: () => Number }, lost: { required: true, type: () => Number }, roundTripUs: { required: true, type: () => Number, nullable: true, description: "Each: null is unknown." }, answerMs: { required: true, type: () => Number, nullable: true }, downBytesPerSecond: { required: true, type: () => Number, nullable: true }, upBytesPerSecond: { required: true, type: () => Number, nullable: true } },
                "LineReasonView": { plotKind: { required: false, type: () => String }, k: { required: false, type: () => Number }, shareBps: { required: false, type: () => Number }, plots: { required: false, type: () => Number }, keptMs: { required: false, type: () => Number }, checks: { required: false, type: () => t["../audits/dto.js"].VerdictCountsView }, availabilityBps: { required: false, type: () => Number }, networkWeightPpm: { required: false, type: () => Number, description: "800000 \u2026 1000000, and what it follows from." }, network: { required: false, type: () => t["../rewards/dto.js"].NetworkView }, fractionBps: { required: false, type: () => Number, description: "What plots certainly kept in part were paid as, and the measurement." }, fraction: { required: false, type: () => t["../rewards/dto.js"].PartView }, referred: { required: false, type: () => Number, description: "How many were brought." }, accountCap: { required: false, type: () => t["../rewards/dto.js"].BudgetCutView }, clusterCap: { required: false, type: () => t["../rewards/dto.js"].BudgetCutView }, referralCap: { required: false, type: () => t["../rewards/dto.js"].BudgetCutView }, budgetCut: { required: false, type: () => t["../rewards/dto.js"].BudgetCutView }, plotId: { required: false, type: () => String, description: "The plot a plotting line is about, hex." }, bee: { required: false, type: () => t["../rewards/dto.js"].BeeShareView, description: "The Bee node's place, its stake, and for how long checks vouched for it." }, settled: { required: false, type: () => t["../rewards/dto.js"].SettledView, description: "At the campaign's end: the part of the retention time that counts." } },
                "BeeShareView": { overlay: { required: true, type: () => String, description: "32 bytes hex." }, depth: { required: true, type: () => Number }, height: { required: true, type: () => Number }, plur: { required: true, type: () => String }, vouchedMs: { required: true, type: () => Number } },
                "SettledView": { keptMs: { required: true, type: () => Number }, ofMs: { required: true, type: () => Number } },
                "RewardLineView": { id: { required: true, type: () => String }, at: { required: true, type: () => String }, epochIndex: { required: true, type: () => Number }, kind: { required: true, "enum": ["bee-node", "plotting", "plotting-forfeit", "plotting-held", "plotting-release", "referral", "storage"] }, amount: { required: true, type: () => String, description: "Base units." }, quantity: { required: true, type: () => String }, unit: { required: true, type: () => String }, rate: { required: true, type: () => String }, reason: { required: true, type: () => t["../rewards/dto.js"].LineReasonView } },
                "RewardLinesPage": { items: { required: true, type: () => [t["../rewards/dto.js"].RewardLineView] }, next: { required: true, type: () => String, nullable: true } },
                "CheckView": { roundId: { required: true, type: () => String }, roundIndex: { required: true, type: () => Number }, plotId: { required: true, type: () => String }, verdict: { required: true, "enum": ["empty", "invalid", "late", "proved", "silent"] }, sentAt: { required: true, type: () => String }, receivedAt: { required: true, type: () => String, nullable: true }, answerMs: { required: true, type: () => Number, nullable: true, description: "From sending the round to taking the answer in." }, subIndex: { required: true, type: () => Number, nullable: true }, proof: { required: true, type: () => String, nullable: true }, beacon: { required: true, type: () => String } },
                "RewardLineDetail": { evidence: { required: true, type: () => [t["../rewards/dto.js"].CheckView], description: "The checks behind it, at most 200." } },
                "ReferralRequest": { code: { required: true, type: () => String, description: "The code of who brought this account.", format: "uuid" } },
                "ReferralView": { code: { required: true, type: () => String, description: "Others give it to say that this account brought them." }, referred: { required: true, type: () => Boolean, description: "Whether somebody brought this account." }, brought: { required: true, type: () => Number, description: "How many this account brought." } },
                "CampaignFunds": { funded: { required: true, type: () => String, description: "Base units, each." }, committed: { required: true, type: () => String }, held: { required: true, type: () => String }, released: { required: true, type: () => String }, published: { required: true, type: () => String }, paid: { required: true, type: () => String } }
            }],
        [import("../rewards/preview/dto.js"), {
                "PreviewRequest": { limit: { required: false, type: () => Number, description: "How many contributors, 1 \u2026 200, after how many; largest difference first.", minimum: 1, maximum: 200 }, offset: { required: false, type: () => Number, minimum: 0, maximum: 10000000 } },
                "PreviewBudget": { available: { required: true, type: () => String, description: "What can still be promised now, base units." }, perDay: { required: true, type: () => String, nullable: true, description: "What a day like those replayed promises under the draft if nothing cuts it; null: unknown." }, endsAt: { required: true, type: () => String, nullable: true, description: "When what is available is used up: at the present pace until the draft begins, then at the draft's; null: unknown, or\ntoo far away to say." }, lastsToEnd: { required: true, type: () => Boolean, nullable: true, description: "Whether it reaches to the campaign's end; null: unknown." } },
                "PreviewRow": { accountId: { required: true, type: () => String }, name: { required: true, type: () => String }, replayed: { required: true, type: () => String, description: "Base units: new promises less forfeits, under the draft and as booked." }, booked: { required: true, type: () => String }, difference: { required: true, type: () => String, description: "replayed \u2212 booked, with a sign." } },
                "PreviewAnswer": { from: { required: true, type: () => String, nullable: true, description: "The time replayed; null when no epoch has closed yet." }, until: { required: true, type: () => String, nullable: true }, epochs: { required: true, type: () => Number }, cutEpochs: { required: true, type: () => Number, description: "Epochs whose lines the budget of the time would have cut." }, replayed: { required: true, type: () => String }, booked: { required: true, type: () => String }, difference: { required: true, type: () => String }, budget: { required: true, type: () => t["../rewards/preview/dto.js"].PreviewBudget }, contributors: { required: true, type: () => Number }, items: { required: true, type: () => [t["../rewards/preview/dto.js"].PreviewRow] }, next: { required: true, type: () => Number, nullable: true, description: "`offset` of the next page; null at the end." } }
            }],
        [import("../statements/dto.js"), {
                "StatementQuery": { campaignId: { required: true, type: () => String, format: "uuid" }, from: { required: true, type: () => String, description: "UTC day, YYYY-MM-DD." }, to: { required: true, type: () => String, description: "UTC day, in it too; at most 366 days." }, format: { required: true, "enum": ["csv", "json", "pdf"] } }
            }],
        [import("../swarm/bee-nodes/dto.js"), {
                "BeeReportView": { at: { required: true, type: () => String }, fault: { required: true, nullable: true, description: "Why it could not be read.", "enum": ["bee-answer-invalid", "bee-refused", "bee-stopped", "bee-syncing", "bee-unreachable", "overlay-differs"] }, blocksBehind: { required: true, type: () => Number, nullable: true, description: "Blocks that its view of the chain is behind." }, isWarmingUp: { required: true, type: () => Boolean, nullable: true }, isReachable: { required: true, type: () => Boolean, nullable: true }, isFullySynced: { required: true, type: () => Boolean, nullable: true }, isHealthy: { required: true, type: () => Boolean, nullable: true }, storageRadius: { required: true, type: () => Number, nullable: true }, reserveBytes: { required: true, type: () => Number, nullable: true, description: "Chunks of 4096 bytes, the whole reserve and what is within its radius." }, reserveWithinRadiusBytes: { required: true, type: () => Number, nullable: true }, sampleSeconds: { required: true, type: () => Number, nullable: true, description: "How long its last sample for the game took." }, gasWei: { required: true, type: () => String, nullable: true, description: "wei" }, minimumGasWei: { required: true, type: () => String, nullable: true, description: "What one round's transactions need." }, bzzPlur: { required: true, type: () => String, nullable: true }, rewardPlur: { required: true, type: () => String, nullable: true, description: "Of the game, in all: won, and spent on transactions." }, feesWei: { required: true, type: () => String, nullable: true } },
                "BeeStakeView": { plur: { required: true, type: () => String, description: "PLUR, 16 decimals." }, height: { required: true, type: () => Number, description: "Bits by which the reserve is doubled." }, sinceBlock: { required: true, type: () => Number }, frozenUntilBlock: { required: true, type: () => Number, nullable: true }, block: { required: true, type: () => Number, description: "As of this block, read then." }, at: { required: true, type: () => String } },
                "BeeRoundsView": { count: { required: true, type: () => Number }, lastRound: { required: true, type: () => Number, nullable: true } },
                "BeeGameView": { readAt: { required: true, type: () => String, nullable: true }, selected: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeRoundsView }, played: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeRoundsView }, won: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeRoundsView }, frozen: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeRoundsView } },
                "BeeCheckView": { id: { required: true, type: () => String }, startedAt: { required: true, type: () => String }, decidedAt: { required: true, type: () => String, nullable: true }, verdict: { required: true, nullable: true, description: "Null: under way.", "enum": ["excused", "held", "insufficient", "invalid", "late", "unready"] }, reason: { required: true, nullable: true, "enum": ["answer-too-long", "batch-id-length-wrong", "batch-unknown", "bee-answer-invalid", "bee-refused", "bee-stopped", "bee-syncing", "bee-unreachable", "bucket-differs", "chunk-differs", "chunk-repeated", "field-invalid", "identifier-length-wrong", "json-invalid", "neighbour-differs", "neighbourhood-plays", "not-committed", "not-opened", "order-wrong", "out-of-depth", "overlay-differs", "overlay-out-of-neighbourhood", "owner-length-wrong", "sample-differs", "segment-index-out-of-range", "segment-length-wrong", "sister-count-wrong", "sister-length-wrong", "slot-out-of-range", "slot-repeated", "soc-address-differs", "soc-signature-wrong", "span-out-of-range", "stamp-field-out-of-range", "stamp-signature-wrong", "stamp-too-new", "transformed-differs"] }, lacks: { required: true, type: () => [Object], description: "What is missing before it counts as evidence.", "enum": ["batch-not-trusted", "commitment-changed", "frozen", "no-agreement", "not-committed", "overlay-moved", "owned-chunks-dominate", "payload-repeated", "stake-missing", "stake-too-young", "too-few-batches"], isArray: true }, sampleSeconds: { required: true, type: () => Number, nullable: true, description: "How long its first sample took." } },
                "BeeCheckCounts": { held: { required: true, type: () => Number }, insufficient: { required: true, type: () => Number }, invalid: { required: true, type: () => Number }, unready: { required: true, type: () => Number }, late: { required: true, type: () => Number }, excused: { required: true, type: () => Number } },
                "BeeEstimateView": { chunks: { required: true, type: () => String, description: "Digits." }, bytes: { required: true, type: () => String }, relativeError: { required: true, type: () => Number, description: "One standard deviation, of the whole." }, samples: { required: true, type: () => Number }, isCapped: { required: true, type: () => Boolean, description: "More was found than the declared reserve holds." } },
                "BeeGainsView": { rewardPlur: { required: true, type: () => String }, feesWei: { required: true, type: () => String }, rounds: { required: true, type: () => Number, description: "Rounds it played meanwhile, from the chain." } },
                "BeeNodeView": { nodeId: { required: true, type: () => String }, name: { required: true, type: () => String }, online: { required: true, type: () => Boolean, description: "Whether the client beside it is connected." }, overlay: { required: true, type: () => String }, owner: { required: true, type: () => String }, linkedAt: { required: true, type: () => String }, report: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeReportView, nullable: true }, stake: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeStakeView, nullable: true }, game: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeGameView }, gains: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeGainsView, nullable: true, description: "Null: not known." }, roundSeconds: { required: true, type: () => Number, description: "A round of the game." }, sampleWindowSeconds: { required: true, type: () => Number, description: "In which a sample for the game must be done." }, estimate: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeEstimateView, nullable: true }, checks: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeCheckCounts }, lastCheck: { required: true, type: () => t["../swarm/bee-nodes/dto.js"].BeeCheckView, nullable: true }, alerts: { required: true, type: () => [Object], "enum": ["bee-syncing", "bee-unreachable", "chain-behind", "check-invalid", "frozen", "gas-low", "no-agreement", "overlay-differs", "overlay-moved", "report-stale", "sample-slow", "stake-missing", "stake-too-young", "unhealthy"], isArray: true } },
                "BeeNodesAnswer": { isOffered: { required: true, type: () => Boolean, description: "False: this center links no Bee nodes." }, items: { required: true, type: () => [t["../swarm/bee-nodes/dto.js"].BeeNodeView] } },
                "BeeChecksAnswer": { items: { required: true, type: () => [t["../swarm/bee-nodes/dto.js"].BeeCheckView], description: "The newest first." } }
            }],
        [import("../swarm/data-sets/dto.js"), {
                "DataSetRequest": { campaignId: { required: true, type: () => String, format: "uuid" }, name: { required: true, type: () => String, minLength: 1, maxLength: 100 }, source: { required: true, description: "`upload`: its content is sent afterwards; `reference`: read from Swarm; `filler`: random bytes to be kept.", "enum": ["filler", "reference", "upload"] }, bytes: { required: false, type: () => Number, description: "Size of filler.", minimum: 1 }, reference: { required: false, type: () => String, description: "Swarm reference, 32 bytes hex.", pattern: "^[0-9a-f]{64}$" }, wanted: { required: true, type: () => Number, description: "How many replicas there are to be.", minimum: 0 } },
                "WantedRequest": { wanted: { required: true, type: () => Number, minimum: 0 } },
                "DataSetCreated": { id: { required: true, type: () => String } },
                "DataSetView": { id: { required: true, type: () => String }, campaignId: { required: true, type: () => String }, name: { required: true, type: () => String }, source: { required: true, "enum": ["filler", "reference", "upload"] }, reference: { required: true, type: () => String, nullable: true }, state: { required: true, "enum": ["failed", "loading", "ready"] }, failure: { required: true, type: () => String, nullable: true, description: "Why its content could not be had: an error code." }, bytes: { required: true, type: () => Number, description: "Of the content." }, contentHash: { required: true, type: () => String, nullable: true, description: "SHA-256 of the content, hex: what is read back must have it. Null: filler, still loading, or not known." }, k: { required: true, type: () => Number, description: "Size of each replica in the terms of rates." }, replicaBytes: { required: true, type: () => Number, description: "Of data in each replica: what is paid for." }, wanted: { required: true, type: () => Number }, proved: { required: true, type: () => Number, description: "Replicas that proved themselves." }, arrived: { required: true, type: () => Number, description: "Replicas at a keeper that prove themselves now." }, waiting: { required: true, type: () => Number, description: "Replicas without a keeper yet." }, lost: { required: true, type: () => Number, description: "Replicas that were lost so far, and made up for." }, createdAt: { required: true, type: () => String } },
                "DataSetsPage": { items: { required: true, type: () => [t["../swarm/data-sets/dto.js"].DataSetView] }, next: { required: true, type: () => String, nullable: true } },
                "ReplicaView": { id: { required: true, type: () => String }, root: { required: true, type: () => String, nullable: true, description: "Swarm root of what is kept, hex; null while it is computed." }, state: { required: true, type: () => String }, plotId: { required: true, type: () => String, nullable: true, description: "Row id of the plot it is kept as." }, nodeId: { required: true, type: () => String, nullable: true, description: "Who keeps it, or kept it when it was lost." }, nodeName: { required: true, type: () => String, nullable: true }, accountId: { required: true, type: () => String, nullable: true }, accountName: { required: true, type: () => String, nullable: true }, createdAt: { required: true, type: () => String }, keptAt: { required: true, type: () => String, nullable: true }, checks: { required: true, type: () => t["../audits/dto.js"].VerdictCountsView }, lastProvedAt: { required: true, type: () => String, nullable: true, description: "When it was last asked for and proved; null: never yet." }, provedMs: { required: true, type: () => Number, description: "Time from when it counted to its last proof, times the proved part of its checks." } },
                "ReplicasAnswer": { items: { required: true, type: () => [t["../swarm/data-sets/dto.js"].ReplicaView] } }
            }],
        [import("../tasks/dto.js"), {
                "WorkView": { leaseId: { required: true, type: () => String }, nodeId: { required: true, type: () => String }, kind: { required: true, "enum": ["move", "plot", "replica"] }, k: { required: true, type: () => Number }, phase: { required: true, type: () => String }, fraction: { required: true, type: () => Number, description: "0 \u2026 1" }, startedAt: { required: true, type: () => String }, expiresAt: { required: true, type: () => String } },
                "WorkAnswer": { items: { required: true, type: () => [t["../tasks/dto.js"].WorkView] } },
                "TaskView": { id: { required: true, type: () => String }, kind: { required: true, "enum": ["move", "plot", "replica"] }, state: { required: true, "enum": ["cancelled", "done", "failed", "leased", "open"] }, k: { required: true, type: () => Number }, campaignId: { required: true, type: () => String }, nodeId: { required: true, type: () => String, nullable: true }, nodeName: { required: true, type: () => String, nullable: true }, attempts: { required: true, type: () => Number }, createdAt: { required: true, type: () => String }, phase: { required: true, type: () => String, nullable: true }, fraction: { required: true, type: () => Number, nullable: true }, failure: { required: true, type: () => String, nullable: true } },
                "TasksPage": { items: { required: true, type: () => [t["../tasks/dto.js"].TaskView] }, next: { required: true, type: () => String, nullable: true } }
            }],
        [import("../treasury/dto.js"), {
                "OnContractView": { tokenBalance: { required: true, type: () => String, description: "Base units, both, at a final block." }, paid: { required: true, type: () => String }, readAt: { required: true, type: () => String } },
                "TreasuryView": { campaignId: { required: true, type: () => String }, campaignName: { required: true, type: () => String }, state: { required: true, "enum": ["active", "closed", "draft", "paused"] }, token: { required: true, type: () => t["../campaigns/dto.js"].TokenView }, chainName: { required: true, type: () => String }, everFunded: { required: true, type: () => String, description: "Base units each, by the ledger: all that came in, \u2026" }, free: { required: true, type: () => String, description: "\u2026 not promised to anybody, \u2026" }, committed: { required: true, type: () => String, description: "\u2026 promised and not paid, \u2026" }, held: { required: true, type: () => String, description: "\u2026 of that held back until plots were kept, \u2026" }, owed: { required: true, type: () => String, description: "\u2026 and due now, \u2026" }, paid: { required: true, type: () => String, description: "\u2026 paid." }, onContract: { required: true, type: () => t["../treasury/dto.js"].OnContractView, nullable: true, description: "Null while the contract was never read." }, perDay: { required: true, type: () => String, nullable: true, description: "Promised a day, on average of the last 7 days; null before an epoch was closed." }, runwayDays: { required: true, type: () => Number, nullable: true, description: "Days that what is free lasts at this pace; null when that is not known or nothing is spent." }, fundsLowSince: { required: true, type: () => String, nullable: true, description: "Since when nothing new is handed out for want of money." }, pausedForFunds: { required: true, type: () => Boolean, description: "Paused because everything is promised; goes on by itself when money came in." } },
                "SenderView": { chainId: { required: true, type: () => Number }, chainName: { required: true, type: () => String }, address: { required: true, type: () => String }, role: { required: true, "enum": ["approver", "proposer"] }, balance: { required: true, type: () => String, description: "10^-18 of the chain's coin." }, readAt: { required: true, type: () => String }, payouts: { required: true, type: () => String, nullable: true, description: "Payouts it is good for at the present fee; null when not known." } },
                "TreasuryAnswer": { at: { required: true, type: () => String }, items: { required: true, type: () => [t["../treasury/dto.js"].TreasuryView] }, senders: { required: true, type: () => [t["../treasury/dto.js"].SenderView], description: "Accounts that send transactions, as last read; empty while they never were." } }
            }]
    ],
    "controllers": [
        [import("../accounts/auth/auth.controller.js"), {
                "AuthController": {
                    "nonce": { type: t["../accounts/dto/answers.js"].NonceAnswer },
                    "wallet": { type: t["../accounts/dto/answers.js"].MeAnswer },
                    "register": { type: t["../accounts/dto/answers.js"].MeAnswer },
                    "password": { type: t["../accounts/dto/answers.js"].MeAnswer },
                    "signOut": {}
                }
            }],
        [import("../accounts/me.controller.js"), {
                "MeController": {
                    "me": { type: t["../accounts/dto/answers.js"].MeAnswer },
                    "change": { type: t["../accounts/dto/answers.js"].MeAnswer },
                    "payoutAddress": { type: t["../accounts/dto/answers.js"].MeAnswer },
                    "keepPayoutAddress": { summary: "Calls off a change of the payout address that has not taken effect.", type: t["../accounts/dto/answers.js"].MeAnswer },
                    "payoutAddresses": { summary: "Every payout address ever set, newest first.", type: t["../accounts/dto/answers.js"].PayoutAddressesAnswer },
                    "linkWallet": { type: t["../accounts/dto/answers.js"].MeAnswer }
                }
            }],
        [import("../admin/admin.controller.js"), {
                "AdminController": {
                    "overview": { type: t["../admin/dto.js"].OverviewAnswer }
                }
            }],
        [import("../admin/alerts/alerts.controller.js"), {
                "AlertsController": {
                    "list": { summary: "Open ones first, then those of the last 7 days that are over.", type: t["../admin/alerts/dto.js"].AlertsAnswer }
                }
            }],
        [import("../admin/center.controller.js"), {
                "CenterController": {
                    "center": { type: t["../admin/dto.js"].CenterAnswer },
                    "health": { type: t["../admin/dto.js"].HealthAnswer }
                }
            }],
        [import("../audits/plots.controller.js"), {
                "PlotsController": {
                    "page": { type: t["../audits/dto.js"].PlotsPage }
                }
            }],
        [import("../audits/standing/standing.controller.js"), {
                "StandingController": {
                    "page": { type: t["../audits/standing/dto.js"].ConsequencesPage },
                    "evidence": { summary: "The checks that a step rests on.", type: t["../audits/standing/dto.js"].EvidenceAnswer },
                    "appeal": { type: t["../audits/standing/dto.js"].ConsequenceView }
                },
                "AdminAppealsController": {
                    "list": { type: t["../audits/standing/dto.js"].AppealsAnswer },
                    "evidence": { type: t["../audits/standing/dto.js"].EvidenceAnswer },
                    "answer": { type: t["../audits/standing/dto.js"].ConsequenceView }
                }
            }],
        [import("../campaigns/campaigns.controller.js"), {
                "CampaignsController": {
                    "list": { type: t["../campaigns/dto.js"].CampaignsAnswer },
                    "epochsOf": { summary: "Hashes of the secrets of coming rounds, and the secrets of past ones.", type: t["../campaigns/dto.js"].EpochsAnswer }
                },
                "AdminCampaignsController": {
                    "list": { type: t["../campaigns/dto.js"].CampaignsAnswer },
                    "create": { type: t["../campaigns/dto.js"].CampaignView },
                    "rates": { type: t["../campaigns/dto.js"].CampaignView },
                    "approveRates": { summary: "The second admin's word for a large rise.", type: t["../campaigns/dto.js"].CampaignView },
                    "state": { type: t["../campaigns/dto.js"].CampaignView }
                }
            }],
        [import("../cheques/cheques.controller.js"), {
                "MyChequesController": {
                    "mine": { type: t["../cheques/dto.js"].MyChequesAnswer },
                    "file": { summary: "The cheque as a file, which is all that cashing it needs." }
                },
                "ChequesController": {
                    "at": { type: t["../cheques/dto.js"].ChequesAnswer }
                },
                "AdminChequesController": {
                    "all": { type: t["../cheques/dto.js"].ChequebooksAnswer },
                    "rounds": { type: t["../cheques/dto.js"].ChequeRoundsPage },
                    "approve": { type: t["../cheques/dto.js"].ChequeRoundView },
                    "stop": { summary: "Before it is signed; what it held is in the round after the next epoch.", type: t["../cheques/dto.js"].ChequeRoundView }
                }
            }],
        [import("../nodes/nodes.controller.js"), {
                "NodesController": {
                    "list": { type: t["../nodes/dto.js"].NodesAnswer },
                    "newCode": { type: t["../nodes/dto.js"].PairingCodeAnswer },
                    "pair": { summary: "Called by the client: see libs/protocol, PairRequest.", type: t["../nodes/dto.js"].PairAnswerView },
                    "revoke": {}
                },
                "AdminNodesController": {
                    "list": { type: t["../nodes/dto.js"].AdminNodesPage }
                }
            }],
        [import("../payouts/payouts.controller.js"), {
                "PayoutsController": {
                    "page": { type: t["../payouts/dto.js"].PayoutsPage }
                },
                "AdminPayoutsController": {
                    "page": { type: t["../payouts/dto.js"].PayoutRootsPage },
                    "approve": { type: t["../payouts/dto.js"].PayoutRootView }
                }
            }],
        [import("../payouts/wishes/payout-wishes.controller.js"), {
                "PayoutWishesController": {
                    "all": { summary: "Of each campaign, with the fee to be expected now.", type: t["../payouts/wishes/dto.js"].PayoutWishesAnswer },
                    "set": { type: t["../payouts/wishes/dto.js"].PayoutWishView }
                }
            }],
        [import("../rewards/bundles/bundles.controller.js"), {
                "BundlesController": {
                    "list": { type: t["../rewards/bundles/dto.js"].BundlesAnswer },
                    "manifest": {},
                    "file": { summary: "A file of the bundle: `answers.ndjson.zst` and so on." }
                }
            }],
        [import("../rewards/earnings.controller.js"), {
                "EarningsController": {
                    "summary": { type: t["../rewards/dto.js"].EarningsSummary },
                    "beeNodes": { summary: "What my Bee nodes earned.", type: t["../rewards/dto.js"].BeeEarningsAnswer },
                    "held": { summary: "What of my held parts waits longer than the retention time, why, and until when.", type: t["../rewards/dto.js"].HeldPartsAnswer },
                    "days": { type: t["../rewards/dto.js"].EarningsDays },
                    "lines": { type: t["../rewards/dto.js"].RewardLinesPage },
                    "line": { type: t["../rewards/dto.js"].RewardLineDetail }
                },
                "FundsController": {
                    "funds": { type: t["../rewards/dto.js"].CampaignFunds }
                }
            }],
        [import("../rewards/preview/preview.controller.js"), {
                "PreviewController": {
                    "preview": { type: t["../rewards/preview/dto.js"].PreviewAnswer }
                }
            }],
        [import("../rewards/referral.controller.js"), {
                "ReferralController": {
                    "view": { type: t["../rewards/dto.js"].ReferralView },
                    "say": { type: t["../rewards/dto.js"].ReferralView }
                }
            }],
        [import("../statements/statements.controller.js"), {
                "StatementsController": {
                    "statement": { summary: "One campaign and period as CSV, JSON or PDF." }
                }
            }],
        [import("../swarm/bee-nodes.controller.js"), {
                "BeeNodesController": {
                    "mine": { type: t["../swarm/bee-nodes/dto.js"].BeeNodesAnswer },
                    "checks": { type: t["../swarm/bee-nodes/dto.js"].BeeChecksAnswer },
                    "unlink": { summary: "Ends the link: the Bee node is not asked any more. Its checks are kept." }
                }
            }],
        [import("../swarm/data-sets.controller.js"), {
                "AdminDataSetsController": {
                    "page": { type: t["../swarm/data-sets/dto.js"].DataSetsPage },
                    "create": { type: t["../swarm/data-sets/dto.js"].DataSetCreated },
                    "want": {},
                    "replicas": { type: t["../swarm/data-sets/dto.js"].ReplicasAnswer },
                    "upload": { summary: "Sends the content of a data set that waits for it, whole." },
                    "content": { summary: "Reads the content back from its keepers; cut off when no keeper has a piece any more." }
                }
            }],
        [import("../tasks/tasks.controller.js"), {
                "AdminTasksController": {
                    "page": { type: t["../tasks/dto.js"].TasksPage }
                },
                "WorkController": {
                    "work": { type: t["../tasks/dto.js"].WorkAnswer }
                }
            }],
        [import("../treasury/treasury.controller.js"), {
                "TreasuryController": {
                    "all": { type: t["../treasury/dto.js"].TreasuryAnswer }
                }
            }]
    ]
} };
};
