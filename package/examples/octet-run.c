/* octet-run: runs a packaged model on picture files, from the command line. The library is loaded at run time from
 * ../lib beside this program, or from its own folder, so that the package works wherever it is unpacked.
 *     cc -O2 -I../include octet-run.c -o octet-run -ldl */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "octet_runtime.h"

enum { message_capacity = 1024, path_capacity = 4096 };

struct library {
  int (*open)(const char *, int, int, octet_model **, char *, size_t);
  void (*close)(octet_model *);
  size_t (*class_count)(const octet_model *);
  int (*label)(const octet_model *, size_t, char *, size_t);
  size_t (*output_count)(const octet_model *);
  int (*output_name)(const octet_model *, size_t, char *, size_t);
  size_t (*output_rank)(const octet_model *, size_t);
  size_t (*output_extent)(const octet_model *, size_t, size_t);
  size_t (*output_size)(const octet_model *, size_t);
  int (*run)(const octet_model *, const char *const *, size_t, int, float *const *, char *, size_t);
};

struct options {
  const char *model;
  const char *scores;
  int batch, streams, top, orientation;
};

static const char usage[] =
    "usage: octet-run [OPTION]... PICTURE...\n"
    "Runs a network on JPEG and PNG pictures. A classifier gives one line for each, with the path and the most probable\n"
    "classes, each as index, label and score, separated by tabs; another network one line for each picture and output,\n"
    "with the path, the output's name and extents, and its least, mean and greatest number.\n"
    "  --model FOLDER    the folder with model.json; ../model beside this program unless given\n"
    "  --batch N         pictures that are computed together; the package's unless given\n"
    "  --streams N       inferences that run at the same time; the package's unless given\n"
    "  --top N           classes that are shown for each picture; 1 unless given\n"
    "  --scores FILE     writes all numbers as float32 in the machine's byte order, one row a picture; in a row, the\n"
    "                    outputs one after the other\n"
    "  --stored          does not turn pictures as their EXIF orientation says\n"
    "  --help            shows this\n";

static int fail(const char *message) {
  fprintf(stderr, "octet-run: %s\n", message);
  return 1;
}

/* The folder of this program, without a slash at the end; where /proc is not mounted, as the program was called. */
static bool program_folder(const char *called, char *path) {
  ssize_t count = readlink("/proc/self/exe", path, path_capacity - 1);
  if (count > 0) {
    path[count] = 0;
  } else if (called == NULL || strlen(called) >= path_capacity) {
    return false;
  } else {
    strcpy(path, called);
  }
  char *slash = strrchr(path, '/');
  if (slash == NULL) return false;
  *slash = 0;
  return true;
}

static bool load(const char *folder, struct library *library, char *message) {
  static const char *const places[] = {"%s/../lib/libOctetRuntime.so", "%s/libOctetRuntime.so"};
  void *handle = NULL;
  for (size_t index = 0; handle == NULL && index < sizeof places / sizeof *places; ++index) {
    char path[path_capacity + 64];
    snprintf(path, sizeof path, places[index], folder);
    if (access(path, R_OK) != 0) continue;
    handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
      snprintf(message, message_capacity, "the library cannot be loaded: %s", dlerror());
      return false;
    }
  }
  if (handle == NULL) {
    snprintf(message, message_capacity, "libOctetRuntime.so is missing in ../lib beside %s; unpack the package again",
             folder);
    return false;
  }
  struct {
    const char *name;
    void **place;
  } functions[] = {
      {"octet_model_open", (void **)&library->open},
      {"octet_model_close", (void **)&library->close},
      {"octet_model_class_count", (void **)&library->class_count},
      {"octet_model_label", (void **)&library->label},
      {"octet_model_output_count", (void **)&library->output_count},
      {"octet_model_output_name", (void **)&library->output_name},
      {"octet_model_output_rank", (void **)&library->output_rank},
      {"octet_model_output_extent", (void **)&library->output_extent},
      {"octet_model_output_size", (void **)&library->output_size},
      {"octet_run_files", (void **)&library->run},
  };
  for (size_t index = 0; index < sizeof functions / sizeof *functions; ++index) {
    *functions[index].place = dlsym(handle, functions[index].name);
    if (*functions[index].place == NULL) {
      snprintf(message, message_capacity, "the library lacks %s; unpack the package again", functions[index].name);
      return false;
    }
  }
  return true;
}

static bool number(const char *text, int least, int most, int *result) {
  if (text == NULL || *text == 0) return false;
  char *end = NULL;
  long value = strtol(text, &end, 10);
  if (*end != 0 || value < least || value > most) return false;
  *result = (int)value;
  return true;
}

/* Gives the index of the first picture; 0 for an error, which is told; -1 where help was asked for. */
static int parse(int argc, char **argv, struct options *options) {
  int index = 1;
  for (; index < argc && strncmp(argv[index], "--", 2) == 0; ++index) {
    const char *name = argv[index];
    const char *value = index + 1 < argc ? argv[index + 1] : NULL;
    if (strcmp(name, "--") == 0) return index + 1;
    if (strcmp(name, "--help") == 0) return -1;
    if (strcmp(name, "--stored") == 0) {
      options->orientation = OCTET_STORED;
      continue;
    }
    bool known = true;
    if (strcmp(name, "--model") == 0 && value != NULL) {
      options->model = value;
    } else if (strcmp(name, "--scores") == 0 && value != NULL) {
      options->scores = value;
    } else if (strcmp(name, "--batch") == 0) {
      known = number(value, 1, 1024, &options->batch);
    } else if (strcmp(name, "--streams") == 0) {
      known = number(value, 1, 64, &options->streams);
    } else if (strcmp(name, "--top") == 0) {
      known = number(value, 1, 1000000, &options->top);
    } else {
      known = false;
    }
    if (!known) {
      fprintf(stderr, "octet-run: %s %s is not possible; octet-run --help shows what is\n", name, value ? value : "");
      return 0;
    }
    ++index;
  }
  return index;
}

/* Prints the classes of one picture, the most probable first; of equal scores the lower index. */
static void show(const struct library *library, const octet_model *model, const char *path, const float *scores,
                 size_t classes, size_t top) {
  printf("%s", path);
  float bound = 0;
  size_t last = 0;
  for (size_t rank = 0; rank < top && rank < classes; ++rank) {
    size_t best = classes;
    for (size_t index = 0; index < classes; ++index) {
      if (scores[index] != scores[index]) continue;
      bool shown = rank > 0 && (scores[index] > bound || (scores[index] == bound && index <= last));
      if (!shown && (best == classes || scores[index] > scores[best])) best = index;
    }
    if (best == classes) break;
    char label[256];
    library->label(model, best, label, sizeof label);
    printf("\t%zu\t%s\t%.9g", best, label, (double)scores[best]);
    bound = scores[best];
    last = best;
  }
  printf("\n");
}

/* Prints an output for one picture. */
static void summarize(const struct library *library, const octet_model *model, const char *path, size_t output,
                      const float *values, size_t count) {
  char name[256];
  library->output_name(model, output, name, sizeof name);
  printf("%s\t%s\t", path, name);
  for (size_t axis = 0; axis < library->output_rank(model, output); ++axis) {
    printf(axis ? "x%zu" : "%zu", library->output_extent(model, output, axis));
  }
  float least = values[0], greatest = values[0];
  double sum = 0;
  for (size_t index = 0; index < count; ++index) {
    if (values[index] < least) least = values[index];
    if (values[index] > greatest) greatest = values[index];
    sum += (double)values[index];
  }
  printf("\t%.9g\t%.9g\t%.9g\n", (double)least, sum / (double)count, (double)greatest);
}

/* Writes the outputs of each picture one after the other. */
static int save(const char *path, float *const *outputs, const size_t *sizes, size_t outputs_count, size_t count) {
  FILE *file = fopen(path, "wb");
  bool written = file != NULL;
  for (size_t index = 0; written && index < count; ++index) {
    for (size_t output = 0; written && output < outputs_count; ++output) {
      written = fwrite(outputs[output] + index * sizes[output], sizeof(float), sizes[output], file) == sizes[output];
    }
  }
  if (file != NULL && fclose(file) != 0) written = false;
  if (written) return 0;
  fprintf(stderr, "octet-run: %s cannot be written; name a file in a folder that you may write to\n", path);
  return 1;
}

/* Runs the model on pictures, prints what it gives, and writes it where that is asked for. */
static int run(const struct library *library, const octet_model *model, const struct options *options,
               const char *const *paths, size_t count) {
  char message[message_capacity] = "";
  size_t outputs_count = library->output_count(model), classes = library->class_count(model);
  float **outputs = calloc(outputs_count + 1, sizeof *outputs);
  size_t *sizes = calloc(outputs_count + 1, sizeof *sizes);
  bool has_memory = outputs != NULL && sizes != NULL;
  for (size_t output = 0; has_memory && output < outputs_count; ++output) {
    sizes[output] = library->output_size(model, output);
    outputs[output] = calloc(count * sizes[output] + 1, sizeof **outputs);
    has_memory = outputs[output] != NULL;
  }
  int status = 1;
  if (!has_memory) {
    fail("there is no memory for the outputs; take fewer pictures at once");
  } else if (library->run(model, paths, count, options->orientation, outputs, message, sizeof message) != OCTET_OK) {
    fail(message);
  } else {
    for (size_t index = 0; index < count; ++index) {
      if (classes > 0) {
        show(library, model, paths[index], outputs[0] + index * classes, classes, (size_t)options->top);
        continue;
      }
      for (size_t output = 0; output < outputs_count; ++output) {
        summarize(library, model, paths[index], output, outputs[output] + index * sizes[output], sizes[output]);
      }
    }
    status = options->scores ? save(options->scores, outputs, sizes, outputs_count, count) : 0;
    if (fflush(stdout) != 0) status = fail("the output cannot be written");
  }
  for (size_t output = 0; outputs != NULL && output < outputs_count; ++output) free(outputs[output]);
  free(outputs);
  free(sizes);
  return status;
}

int main(int argc, char **argv) {
  struct options options = {.top = 1};
  int first = parse(argc, argv, &options);
  if (first < 0) {
    fputs(usage, stdout);
    return 0;
  }
  if (first == 0 || first >= argc) {
    if (first > 0) fputs(usage, stderr);
    return 2;
  }
  char folder[path_capacity], standard[path_capacity + 16], message[message_capacity] = "";
  if (!program_folder(argv[0], folder)) return fail("where this program lies is not known; call it by its path");
  struct library library;
  if (!load(folder, &library, message)) return fail(message);
  snprintf(standard, sizeof standard, "%s/../model", folder);
  octet_model *model = NULL;
  if (library.open(options.model ? options.model : standard, options.batch, options.streams, &model, message,
                   sizeof message) != OCTET_OK) {
    return fail(message);
  }
  int status = run(&library, model, &options, (const char *const *)argv + first, (size_t)(argc - first));
  library.close(model);
  return status;
}
