#include "CArchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

// The functions of libarchive that are used here, each with the type that its header declares.
#define FUNCTIONS(X) \
  X(archive_read_new) \
  X(archive_read_support_filter_gzip) \
  X(archive_read_support_format_tar) \
  X(archive_read_support_format_gnutar) \
  X(archive_read_support_format_zip) \
  X(archive_read_open_filename) \
  X(archive_read_next_header) \
  X(archive_read_data) \
  X(archive_read_free) \
  X(archive_error_string) \
  X(archive_entry_pathname_utf8) \
  X(archive_entry_pathname) \
  X(archive_entry_filetype) \
  X(archive_entry_hardlink)

static struct {
#define FIELD(name) __typeof__(&name) name;
  FUNCTIONS(FIELD)
#undef FIELD
  bool is_loaded;
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *handle = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) handle = dlopen("libarchive.so", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return;
#define FIND(name) \
  if ((library.name = (__typeof__(&name))dlsym(handle, #name)) == NULL) return;
  FUNCTIONS(FIND)
#undef FIND
  library.is_loaded = true;
}

struct archive_reader {
  struct archive *archive;
};

static void fail(char *failure, const char *reason) {
  snprintf(failure, ARCHIVE_FAILURE_CAPACITY, "%s", reason == NULL ? "no reason given" : reason);
}

archive_reader *archive_reader_open(const char *path, char *failure) {
  pthread_once(&once, load);
  if (!library.is_loaded) {
    fail(failure, "libarchive is not installed");
    return NULL;
  }
  archive_reader *reader = malloc(sizeof *reader);
  struct archive *archive = library.archive_read_new();
  if (reader == NULL || archive == NULL) {
    if (archive != NULL) library.archive_read_free(archive);
    free(reader);
    fail(failure, "there is not enough memory");
    return NULL;
  }
  reader->archive = archive;
  library.archive_read_support_filter_gzip(archive);
  library.archive_read_support_format_tar(archive);
  library.archive_read_support_format_gnutar(archive);
  library.archive_read_support_format_zip(archive);
  if (library.archive_read_open_filename(archive, path, 1 << 16) != ARCHIVE_OK) {
    fail(failure, library.archive_error_string(archive));
    archive_reader_close(reader);
    return NULL;
  }
  return reader;
}

int archive_reader_next(archive_reader *reader, const char **name, archive_entry_kind *kind, char *failure) {
  struct archive_entry *entry = NULL;
  int status = library.archive_read_next_header(reader->archive, &entry);
  if (status == ARCHIVE_EOF) return 0;
  if ((status != ARCHIVE_OK && status != ARCHIVE_WARN) || entry == NULL) {
    fail(failure, library.archive_error_string(reader->archive));
    return -1;
  }
  *name = library.archive_entry_pathname_utf8(entry);
  if (*name == NULL) *name = library.archive_entry_pathname(entry);
  if (library.archive_entry_hardlink(entry) != NULL) {
    *kind = archive_entry_link;
    return 1;
  }
  switch (library.archive_entry_filetype(entry)) {
    case AE_IFREG: *kind = archive_entry_file; break;
    case AE_IFDIR: *kind = archive_entry_folder; break;
    case AE_IFLNK: *kind = archive_entry_link; break;
    default: *kind = archive_entry_other; break;
  }
  return 1;
}

int64_t archive_reader_read(archive_reader *reader, uint8_t *buffer, size_t capacity, char *failure) {
  int64_t count = library.archive_read_data(reader->archive, buffer, capacity);
  if (count >= 0) return count;
  fail(failure, library.archive_error_string(reader->archive));
  return -1;
}

void archive_reader_close(archive_reader *reader) {
  library.archive_read_free(reader->archive);
  free(reader);
}
