/*
 * What libxml2 needs for the same bytes: `libxml2-bench dom|stream RECORDS PROCESSES ROUNDS`.
 *
 * RECORDS is a file of records, each after its length in bytes (32 bits, little endian). Every round parses all of
 * them once, shared out among the processes, and prints a line: seconds passed, seconds of processor time of all
 * processes, records parsed, records refused, characters of text met, and of the records refused those that name an
 * entity which only a DTD outside the record defines, and those with an ampersand that begins no entity.
 *
 * `dom` builds the tree of each record, walks over its text and frees it; `stream` reads it with xmlTextReader.
 * Nothing is fetched: no DTD, no external entity, no network.
 */
#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE)

struct tally {
  uint64_t parsed, refused, characters, entities, ampersands;
};

/* The first error of the record at hand that is no warning and no matter of namespaces. */
static int first_error;

static void note_error(void *context, const xmlError *error) {
  (void)context;
  if (first_error == 0 && error->level >= XML_ERR_ERROR && error->domain != XML_FROM_NAMESPACE) first_error = error->code;
}

static void count_refused(struct tally *tally) {
  tally->refused += 1;
  if (first_error == XML_ERR_UNDECLARED_ENTITY || first_error == XML_WAR_UNDECLARED_ENTITY) tally->entities += 1;
  else if (first_error == XML_ERR_NAME_REQUIRED || first_error == XML_ERR_ENTITYREF_SEMICOL_MISSING)
    tally->ampersands += 1;
}

static uint64_t text_below(const xmlNode *node) {
  uint64_t sum = 0;
  for (; node != NULL; node = node->next) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) sum += strlen((const char *)node->content);
    else if (node->type == XML_ELEMENT_NODE) sum += text_below(node->children);
  }
  return sum;
}

static void read_dom(const char *bytes, int length, struct tally *tally) {
  xmlDocPtr document = xmlReadMemory(bytes, length, NULL, NULL, OPTIONS);
  if (document == NULL) {
    count_refused(tally);
    return;
  }
  tally->parsed += 1;
  tally->characters += text_below(xmlDocGetRootElement(document));
  xmlFreeDoc(document);
}

static void read_stream(const char *bytes, int length, struct tally *tally) {
  xmlTextReaderPtr reader = xmlReaderForMemory(bytes, length, NULL, NULL, OPTIONS);
  int more = reader == NULL ? -1 : xmlTextReaderRead(reader);
  uint64_t characters = 0;
  for (; more == 1; more = xmlTextReaderRead(reader)) {
    int type = xmlTextReaderNodeType(reader);
    if (type != XML_READER_TYPE_TEXT && type != XML_READER_TYPE_CDATA && type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE)
      continue;
    const xmlChar *value = xmlTextReaderConstValue(reader);
    if (value != NULL) characters += strlen((const char *)value);
  }
  tally->characters += characters;
  if (more == 0) tally->parsed += 1;
  else count_refused(tally);
  if (reader != NULL) xmlFreeTextReader(reader);
}

static uint32_t length_at(const unsigned char *at) {
  return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Every record whose number leaves the rest `own` belongs to this process. */
static void read_share(const unsigned char *bytes, size_t size, int own, int processes, int dom, struct tally *tally) {
  long number = 0;
  for (size_t at = 0; at + 4 <= size; number += 1) {
    uint32_t length = length_at(bytes + at);
    if (at + 4 + length > size) break;
    if (number % processes == own) {
      first_error = 0;
      if (dom) read_dom((const char *)bytes + at + 4, (int)length, tally);
      else read_stream((const char *)bytes + at + 4, (int)length, tally);
    }
    at += 4 + length;
  }
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds_of(int who) {
  struct rusage usage;
  getrusage(who, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int main(int count, char **arguments) {
  if (count != 5) {
    fprintf(stderr, "usage: libxml2-bench dom|stream RECORDS PROCESSES ROUNDS\n");
    return 2;
  }
  int dom = strcmp(arguments[1], "dom") == 0;
  int processes = atoi(arguments[3]), rounds = atoi(arguments[4]);
  int file = open(arguments[2], O_RDONLY);
  struct stat info;
  if (file < 0 || fstat(file, &info) != 0 || processes < 1) return 1;
  size_t size = (size_t)info.st_size;
  const unsigned char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  struct tally *tallies = mmap(NULL, sizeof(struct tally) * (size_t)processes, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (bytes == MAP_FAILED || tallies == MAP_FAILED) return 1;
  xmlInitParser();
  /* The way the handler is declared differs between versions only in a const. */
  xmlSetStructuredErrorFunc(NULL, (xmlStructuredErrorFunc)note_error);
  for (int round = 0; round < rounds; round += 1) {
    memset(tallies, 0, sizeof(struct tally) * (size_t)processes);
    double begun = now(), used = seconds_of(RUSAGE_CHILDREN);
    for (int own = 0; own < processes; own += 1) {
      pid_t child = fork();
      if (child < 0) return 1;
      if (child == 0) {
        read_share(bytes, size, own, processes, dom, &tallies[own]);
        _exit(0);
      }
    }
    while (wait(NULL) > 0);
    struct tally sum = {0, 0, 0, 0, 0};
    for (int own = 0; own < processes; own += 1) {
      sum.parsed += tallies[own].parsed;
      sum.refused += tallies[own].refused;
      sum.characters += tallies[own].characters;
      sum.entities += tallies[own].entities;
      sum.ampersands += tallies[own].ampersands;
    }
    printf("%.6f %.6f %llu %llu %llu %llu %llu\n", now() - begun, seconds_of(RUSAGE_CHILDREN) - used,
           (unsigned long long)sum.parsed, (unsigned long long)sum.refused, (unsigned long long)sum.characters,
           (unsigned long long)sum.entities, (unsigned long long)sum.ampersands);
    fflush(stdout);
  }
  return 0;
}
