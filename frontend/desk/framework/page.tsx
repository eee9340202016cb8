/** The registers of the framework, each with its own fields. */
import type { ComponentType } from 'preact';
import type { RegisterName } from '../shapes';
import { Brand } from './brand';
import { Commitment } from './commitment';
import { Contact } from './contact';
import { Letters } from './letters';
import { Objectives } from './objectives';
import { Policy } from './policy';
import { Privacy } from './privacy';
import { Resources } from './resources';
import { Texts } from './texts';

const PAGES: Record<RegisterName, ComponentType> = {
  commitment: Commitment,
  policy: Policy,
  objectives: Objectives,
  resources: Resources,
  contact: Contact,
  letters: Letters,
  texts: Texts,
  privacy: Privacy,
  brand: Brand,
};

export function FrameworkPage({ name }: { name: RegisterName }) {
  const Page = PAGES[name];
  return <Page />;
}
