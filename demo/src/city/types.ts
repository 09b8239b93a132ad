import type { Pair } from '../vocabulary/parse.js';

export type { Pair };

export interface District {
  readonly id: string;
  readonly name: Pair;
  /** Residents. */
  readonly population: number;
  /** Square kilometres. */
  readonly area: number;
}

/** An industrial park; `fields` are keys of the fields of technology it is made for. */
export interface Park {
  readonly id: string;
  readonly name: Pair;
  readonly district: string;
  readonly fields: readonly string[];
  readonly founded: number;
}

/** An incubator or workspace inside a park. */
export interface Carrier {
  readonly id: string;
  readonly name: Pair;
  readonly park: string;
  readonly kind: 'incubator' | 'accelerator' | 'workspace';
}

export type CompanySize = 'large' | 'medium' | 'small' | 'micro';

export interface Company {
  readonly id: string;
  readonly name: Pair;
  readonly address: Pair;
  readonly district: string;
  readonly park?: string;
  readonly carrier?: string;
  /** Key of its field of technology. */
  readonly field: string;
  readonly size: CompanySize;
  readonly employees: number;
  /** Yuan a year. */
  readonly revenue: number;
  readonly founded: number;
}

export interface University {
  readonly id: string;
  readonly name: Pair;
  readonly address: Pair;
  readonly district: string;
  readonly fields: readonly string[];
  readonly founded: number;
}

export interface Bank {
  readonly id: string;
  readonly name: Pair;
  readonly address: Pair;
  readonly district: string;
}

/** A patent agency. */
export interface Agency {
  readonly id: string;
  readonly name: Pair;
  readonly address: Pair;
  readonly district: string;
  readonly agents: readonly Pair[];
}

/** A public service point: one of the city, one a district, one a park or carrier. */
export interface ServicePoint {
  readonly id: string;
  readonly name: Pair;
  readonly address: Pair;
  readonly level: 'city' | 'district' | 'carrier';
  readonly district: string;
  readonly place?: string;
}

/** The made-up city; everything in it is generated and no part of it exists. */
export interface City {
  readonly seed: number;
  readonly name: Pair;
  readonly districts: readonly District[];
  readonly parks: readonly Park[];
  readonly carriers: readonly Carrier[];
  readonly companies: readonly Company[];
  readonly universities: readonly University[];
  readonly banks: readonly Bank[];
  readonly agencies: readonly Agency[];
  readonly servicePoints: readonly ServicePoint[];
}
