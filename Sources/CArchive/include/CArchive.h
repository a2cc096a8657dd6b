#ifndef OCTET_CARCHIVE_H
#define OCTET_CARCHIVE_H

// Reading of zip and tar archives, plain or compressed with gzip, through libarchive.
//
// The library is loaded when the first archive is opened: it brings others along, which every start of the kernel would
// pay for otherwise.
//
// `failure` of every function must have room for ARCHIVE_FAILURE_CAPACITY bytes and holds a sentence, ended by a zero byte,
// where a function fails. A reader is used by one thread at a time.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ARCHIVE_FAILURE_CAPACITY = 256 };

// What an entry is. Links are links of either kind; devices, pipes and what cannot be told are other.
typedef enum { archive_entry_file, archive_entry_folder, archive_entry_link, archive_entry_other } archive_entry_kind;

typedef struct archive_reader archive_reader;

// Opens a file; NULL where it is no archive or the library is not there.
archive_reader *archive_reader_open(const char *path, char *failure);
// Goes to the next entry: 1 with its name in UTF-8, or NULL, and its kind; 0 at the end; -1 for a damaged archive. The
// name lives until the next call.
int archive_reader_next(archive_reader *reader, const char **name, archive_entry_kind *kind, char *failure);
// Reads more of the entry's content: the number of bytes, 0 at its end, -1 for a damaged archive.
int64_t archive_reader_read(archive_reader *reader, uint8_t *buffer, size_t capacity, char *failure);
void archive_reader_close(archive_reader *reader);

#endif
