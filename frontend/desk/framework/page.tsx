/** The registers of the framework, each with its own fields. */
import type { ComponentType } from 'preact';
import type { RegisterName } from '../shapes';
import { Contact } from './contact';

const PAGES: Record<RegisterName, ComponentType> = { contact: Contact };

export function FrameworkPage({ name }: { name: RegisterName }) {
  const Page = PAGES[name];
  return <Page />;
}
