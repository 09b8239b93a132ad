// Installs what is missing, then compiles the packages and builds the pages.
import { ensureBuilt, ensureInstalled, requireNode } from './lib/project.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
