import { z } from 'zod';

/** Ids of people, organizations and everything else of the work. */
export const IdSchema = z.uuid();
const DaySchema = z.iso.date();
const MomentSchema = z.iso.datetime();

export const LANGUAGES = ['zh', 'en'] as const;

export const SignInSchema = z.object({ email: z.email().max(254), password: z.string().min(1).max(1000) });
export const CodeSchema = z.object({
  code: z.string().regex(/^[0-9A-Za-z-]{6,20}$/, 'a code has six digits; a backup code has letters too'),
});
/** `code-needed`: the second factor is asked for next. */
export const SignInAnswerSchema = z.object({ state: z.enum(['signed-in', 'code-needed']) });

export const MembershipSchema = z
  .object({
    organizationId: IdSchema,
    roles: z.array(z.string()),
    delegatedFrom: IdSchema.optional(),
  })
  .meta({ id: 'Membership' });

export const MeSchema = z
  .object({
    id: IdSchema.nullable(),
    name: z.string(),
    kind: z.enum(['user', 'apiKey', 'system']),
    email: z.string().nullable(),
    language: z.enum(LANGUAGES),
    twoFactor: z.boolean(),
    demo: z.boolean(),
    memberships: z.array(MembershipSchema),
    /** Permissions that reach anything at all, for what the pages show. */
    permissions: z.array(z.string()),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof MeSchema>;

export const ProviderListSchema = z.object({
  providers: z.array(z.object({ id: z.string(), title: z.string() })),
  demo: z.boolean(),
  required: z.boolean(),
  /** Whether a forgotten password can be set anew by e-mail. */
  reset: z.boolean().optional(),
});

/** What a person chooses about what comes to them. */
export const PersonalSettingsSchema = z
  .object({
    language: z.enum(LANGUAGES).describe('Of notices, mails and papers'),
    mail: z.boolean().describe('Whether notices come by e-mail too'),
  })
  .meta({ id: 'PersonalSettings' });
export type PersonalSettings = z.infer<typeof PersonalSettingsSchema>;

export const SessionSchema = z
  .object({
    id: IdSchema,
    current: z.boolean(),
    createdAt: MomentSchema,
    expiresAt: MomentSchema,
    address: z.string().nullable(),
    agent: z.string().nullable(),
  })
  .meta({ id: 'Session' });

export const OrganizationKindSchema = z.enum([
  'city-office',
  'district-office',
  'carrier',
  'service-point',
  'company',
  'university',
  'bank',
  'agency',
  'fund',
  'authority',
  'examination-centre',
]);

/** The three levels of public service. */
export const ServiceLevelSchema = z.enum(['city', 'district', 'carrier']);

const NameSchema = z.object({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) });

export const OrganizationSchema = z
  .object({
    id: IdSchema,
    parentId: IdSchema.nullable(),
    kind: OrganizationKindSchema,
    serviceLevel: ServiceLevelSchema.nullable(),
    name: NameSchema,
    code: z.string().nullable(),
    public: z.boolean(),
    demo: z.boolean(),
    closedAt: MomentSchema.nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Organization' });
export type Organization = z.infer<typeof OrganizationSchema>;

export const NewOrganizationSchema = z.object({
  parentId: IdSchema,
  kind: OrganizationKindSchema,
  serviceLevel: ServiceLevelSchema.nullable().default(null),
  name: NameSchema,
  code: z.string().trim().min(1).max(64).nullable().default(null),
  public: z.boolean().default(false),
});
export type NewOrganization = z.infer<typeof NewOrganizationSchema>;

export const OrganizationChangeSchema = z.object({
  version: z.number().int(),
  name: NameSchema.optional(),
  code: z.string().trim().min(1).max(64).nullable().optional(),
  public: z.boolean().optional(),
  closed: z.boolean().optional(),
  why: z.string().trim().min(1).max(2000),
});
export type OrganizationChange = z.infer<typeof OrganizationChangeSchema>;

export const MemberSchema = z
  .object({
    id: IdSchema,
    personId: IdSchema,
    name: z.string(),
    email: z.string(),
    organizationId: IdSchema,
    role: z.string(),
    from: DaySchema.nullable(),
    to: DaySchema.nullable(),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof MemberSchema>;

export const NewMemberSchema = z.object({
  personId: IdSchema,
  role: z.string().max(64),
  from: DaySchema.nullable().default(null),
  to: DaySchema.nullable().default(null),
  why: z.string().trim().max(2000).optional(),
});
export type NewMember = z.infer<typeof NewMemberSchema>;

export const NewInvitationSchema = z.object({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(100),
  roles: z.array(z.string().max(64)).min(1).max(10),
  days: z.number().int().min(1).max(30).default(7),
});
export type NewInvitation = z.infer<typeof NewInvitationSchema>;

export const InvitationSchema = z
  .object({
    id: IdSchema,
    organizationId: IdSchema,
    email: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    expiresAt: MomentSchema,
    state: z.enum(['open', 'accepted', 'revoked', 'expired']),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof InvitationSchema>;

/** What the holder of an invitation's secret is shown before accepting. */
export const InvitationPreviewSchema = z.object({
  email: z.string(),
  name: z.string(),
  organization: NameSchema,
  roles: z.array(z.string()),
  expiresAt: MomentSchema,
  /** Whether somebody with this e-mail address exists: then the own password is asked for, not a new one. */
  known: z.boolean(),
});

export const AcceptInvitationSchema = z.object({
  secret: z.string().min(20).max(100),
  password: z.string().min(1).max(1000),
  /** The language of a new account. */
  language: z.enum(LANGUAGES).default('zh'),
});

export const NewDelegationSchema = z.object({
  organizationId: IdSchema,
  role: z.string().max(64),
  delegateId: IdSchema,
  from: DaySchema,
  to: DaySchema,
  reason: z.string().trim().min(1).max(2000),
});
export type NewDelegation = z.infer<typeof NewDelegationSchema>;

export const DelegationSchema = z
  .object({
    id: IdSchema,
    organizationId: IdSchema,
    role: z.string(),
    delegatorId: IdSchema,
    delegateId: IdSchema,
    from: DaySchema,
    to: DaySchema,
    reason: z.string(),
    revokedAt: MomentSchema.nullable(),
  })
  .meta({ id: 'Delegation' });
export type DelegationRecord = z.infer<typeof DelegationSchema>;

const KeyQuotaSchema = z.number().int().min(1).max(1_000_000_000).nullable().default(null);

export const NewApiKeySchema = z.object({
  organizationId: IdSchema,
  name: z.string().trim().min(1).max(100),
  permissions: z.array(z.string().max(64)).min(1),
  days: z.number().int().min(1).max(3650).nullable().default(365),
  perMinute: KeyQuotaSchema.describe('Requests in sixty seconds; null: as the operator set'),
  perDay: KeyQuotaSchema.describe('Requests in a day (UTC); null: as the operator set'),
});
export type NewApiKey = z.infer<typeof NewApiKeySchema>;

export const ApiKeySchema = z
  .object({
    id: IdSchema,
    organizationId: IdSchema,
    name: z.string(),
    prefix: z.string(),
    permissions: z.array(z.string()),
    createdAt: MomentSchema,
    expiresAt: MomentSchema.nullable(),
    lastUsedAt: MomentSchema.nullable(),
    revokedAt: MomentSchema.nullable(),
    perMinute: z.number().int().nullable(),
    perDay: z.number().int().nullable(),
    usedToday: z.number().int().describe('Requests of this day (UTC), a few seconds behind'),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKeySchema>;

/** Names by WIPO ST.3, from one replaceable file. */
export const RegionListSchema = z
  .object({
    standard: z.string(),
    about: z.string(),
    /** How far the names can be relied on, and why. */
    certainty: z.string(),
    note: z.object({ zh: z.string(), en: z.string() }),
    regions: z
      .array(
        z.object({
          code: z.string().regex(/^[A-Z]{2}$/),
          kind: z.enum(['state-or-entity', 'organization', 'former']),
          name: z.object({ zh: z.string().min(1), en: z.string().min(1) }),
        }),
      )
      .min(1),
  })
  .meta({ id: 'RegionList' });
export type RegionList = z.infer<typeof RegionListSchema>;
