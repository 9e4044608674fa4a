import { Ground1763700000001 } from './1763700000001-ground';
import { Brands1763700000002 } from './1763700000002-brands';
import { Customers1763700000003 } from './1763700000003-customers';
import { Messages1763700000004 } from './1763700000004-messages';
import { Ledger1763700000005 } from './1763700000005-ledger';
import { Attention1763700000006 } from './1763700000006-attention';
import { Shop1763700000007 } from './1763700000007-shop';
import { CustomerView1763700000008 } from './1763700000008-customer-view';
import { EconomyGround1763700000009 } from './1763700000009-economy-ground';
import { EarnRules1763700000010 } from './1763700000010-earn-rules';
import { Streaks1763700000011 } from './1763700000011-streaks';
import { Series1763700000012 } from './1763700000012-series';
import { Referrals1763700000013 } from './1763700000013-referrals';
import { Surprises1763700000014 } from './1763700000014-surprises';
import { Magnets1763700000015 } from './1763700000015-magnets';
import { Claims1763700000016 } from './1763700000016-claims';
import { Merging1763700000017 } from './1763700000017-merging';
import { ShopCatalogue1763700000018 } from './1763700000018-shop-catalogue';
import { Wallets1763700000019 } from './1763700000019-wallets';
import { MessageView1763700000020 } from './1763700000020-message-view';
import { Webhooks1763700000021 } from './1763700000021-webhooks';
import { Velvet1763700000022 } from './1763700000022-velvet';
import { Decay1763700000023 } from './1763700000023-decay';
import { ClaimMagnets1763700000024 } from './1763700000024-claim-magnets';
import { IdentityGraph1763700000025 } from './1763700000025-identity-graph';
import { Contact1763700000026 } from './1763700000026-contact';
import { AttentionStates1763700000027 } from './1763700000027-attention-states';
import { Orders1763700000028 } from './1763700000028-orders';
import { WorthModels1763700000029 } from './1763700000029-worth-models';
import { Segments1763700000030 } from './1763700000030-segments';
import { Economics1763700000031 } from './1763700000031-economics';
import { Experiments1763700000032 } from './1763700000032-experiments';
import { Hotline1763700000036 } from './1763700000036-hotline';
import { Journeys1763700000042 } from './1763700000042-journeys';
import { Privacy1763700000043 } from './1763700000043-privacy';
import { Analytics1763700000044 } from './1763700000044-analytics';
import { AudiencesBySegment1763700000045 } from './1763700000045-audiences-by-segment';
import { Exports1763700000046 } from './1763700000046-exports';
import { Imports1763700000047 } from './1763700000047-imports';
import { Micronbox1763700000048 } from './1763700000048-micronbox';
import { Reports1763700000049 } from './1763700000049-reports';
import { LooseEnds1763700000050 } from './1763700000050-loose-ends';
import { NextCustomers1763700000052 } from './1763700000052-next-customers';
import { SegmentRevenue1763700000053 } from './1763700000053-segment-revenue';
import { VerifiedMembers1763700000054 } from './1763700000054-verified-members';
import { JobSetbacks1763700000069 } from './1763700000069-job-setbacks';
import { LighterWrites1763700000070 } from './1763700000070-lighter-writes';
import { GrownBases1763700000055 } from './1763700000055-grown-bases';
import { KeptAnswers1763700000056 } from './1763700000056-kept-answers';
import { EntriesOfTransfers1763700000057 } from './1763700000057-entries-of-transfers';

/** Every migration, oldest first; written by hand, never changed once released. */
export const migrations = [
  Ground1763700000001,
  Brands1763700000002,
  Customers1763700000003,
  Messages1763700000004,
  Ledger1763700000005,
  Attention1763700000006,
  Shop1763700000007,
  CustomerView1763700000008,
  EconomyGround1763700000009,
  EarnRules1763700000010,
  Streaks1763700000011,
  Series1763700000012,
  Referrals1763700000013,
  Surprises1763700000014,
  Magnets1763700000015,
  Claims1763700000016,
  Merging1763700000017,
  ShopCatalogue1763700000018,
  Wallets1763700000019,
  MessageView1763700000020,
  Webhooks1763700000021,
  Velvet1763700000022,
  Decay1763700000023,
  ClaimMagnets1763700000024,
  IdentityGraph1763700000025,
  Contact1763700000026,
  AttentionStates1763700000027,
  Orders1763700000028,
  WorthModels1763700000029,
  Segments1763700000030,
  Economics1763700000031,
  Experiments1763700000032,
  Hotline1763700000036,
  Journeys1763700000042,
  Privacy1763700000043,
  Analytics1763700000044,
  AudiencesBySegment1763700000045,
  Exports1763700000046,
  Imports1763700000047,
  Micronbox1763700000048,
  Reports1763700000049,
  LooseEnds1763700000050,
  NextCustomers1763700000052,
  SegmentRevenue1763700000053,
  VerifiedMembers1763700000054,
  GrownBases1763700000055,
  KeptAnswers1763700000056,
  EntriesOfTransfers1763700000057,
  JobSetbacks1763700000069,
  LighterWrites1763700000070,
];
