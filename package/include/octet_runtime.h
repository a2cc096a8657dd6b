/* Runs a network for pictures that Octet packaged. C11; link with -lOctetRuntime, or load the library at run time.
 *
 * Functions that can fail give 0 (OCTET_OK) or another octet_status, and write one sentence with cause and remedy into
 * `message`, a buffer of `message_capacity` bytes that the caller owns; it may be NULL with a capacity of 0. No function
 * ends the program. A model may be used from several threads at the same time; closing it must be the last use. */
#ifndef OCTET_RUNTIME_H
#define OCTET_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct octet_model octet_model;

enum octet_status {
  OCTET_OK = 0,
  OCTET_INVALID_ARGUMENT = 1, /* what the caller gave is not possible */
  OCTET_INVALID_PACKAGE = 2,  /* the package is incomplete, damaged, or of another version */
  OCTET_INVALID_PICTURE = 3,  /* a picture cannot be read or prepared */
  OCTET_OUT_OF_MEMORY = 4,
  OCTET_UNSUPPORTED = 5 /* the processor or the network is not one that can be run */
};

enum octet_orientation {
  OCTET_UPRIGHT = 0, /* pictures are turned as their EXIF orientation says */
  OCTET_STORED = 1   /* rows and columns as the file holds them */
};

/* Opens the model in a folder that holds model.json. `batch` is how many pictures are computed together, `streams` how many
 * inferences run at the same time; 0 takes what the package was made for. On success *model is set and must be closed;
 * otherwise it is NULL. */
int octet_model_open(const char *folder, int batch, int streams, octet_model **model, char *message,
                     size_t message_capacity);

/* Closes a model; NULL is ignored. */
void octet_model_close(octet_model *model);

/* How many scores a classifier gives for a picture; 0 for NULL, and for a model that is no classifier. */
size_t octet_model_class_count(const octet_model *model);

/* The batch and the streams in effect; 0 for NULL. */
size_t octet_model_batch(const octet_model *model);
size_t octet_model_streams(const octet_model *model);

/* Copies the name and the precision, as "classifier_int8 (INT8)", cut to the capacity, with a zero at the end. */
int octet_model_name(const octet_model *model, char *buffer, size_t capacity);

/* Copies the label of a class; empty if the package has no labels. Those of a detector leave the background out. */
int octet_model_label(const octet_model *model, size_t index, char *buffer, size_t capacity);

/* How many outputs the network has; 0 for NULL. */
size_t octet_model_output_count(const octet_model *model);

/* Copies the name of an output, cut to the capacity, with a zero at the end. */
int octet_model_output_name(const octet_model *model, size_t output, char *buffer, size_t capacity);

/* The number of axes of an output for one picture, without the batch; the extent of one of them; and the product of all,
 * how many floats there are for a picture. 0 where there is no such output or axis. */
size_t octet_model_output_rank(const octet_model *model, size_t output);
size_t octet_model_output_extent(const octet_model *model, size_t output, size_t axis);
size_t octet_model_output_size(const octet_model *model, size_t output);

/* Decodes and prepares `count` picture files (JPEG or PNG) and runs the network on them. `outputs` has a place for each
 * output, which takes count * output_size floats, one row a picture, in order. If a picture fails, nothing is written and the
 * message names the first one. */
int octet_run_files(const octet_model *model, const char *const *paths, size_t count, int orientation,
                    float *const *outputs, char *message, size_t message_capacity);

/* The same for one picture of width * height pixels, each three bytes: red, green, blue; rows from the top without gaps. */
int octet_run_pixels(const octet_model *model, const uint8_t *pixels, size_t width, size_t height, float *const *outputs,
                     char *message, size_t message_capacity);

/* Decodes, prepares and classifies `count` picture files (JPEG or PNG). `scores` takes count * class_count floats, one row a
 * picture, in order. If a picture fails, nothing is written and the message names the first one. */
int octet_classify_files(const octet_model *model, const char *const *paths, size_t count, int orientation,
                         float *scores, char *message, size_t message_capacity);

/* Prepares and classifies one picture of width * height pixels, each three bytes: red, green, blue; rows from the top
 * without gaps. `scores` takes class_count floats. */
int octet_classify_pixels(const octet_model *model, const uint8_t *pixels, size_t width, size_t height, float *scores,
                          char *message, size_t message_capacity);

#ifdef __cplusplus
}
#endif

#endif
