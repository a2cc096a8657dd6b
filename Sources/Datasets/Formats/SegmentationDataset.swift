/// Common semantic segmentation: pictures, masks of the same names, and a file that names the classes.
public enum SegmentationDataset: DatasetFormat {
  /// What users call the format.
  public static let name = "common_semantic_segmentation"
  /// The name as the field writes it.
  public static let title = "Common Semantic Segmentation"
  /// What such a folder looks like.
  public static let summary = "Images, Masks and dataset_meta.json"
  /// As the pictures are stored.
  public static let orientation = PictureOrientation.stored

  /// Whether the three are there.
  public static func recognises(_ folder: ImageFolder) -> Bool {
    folder.documents.contains(DatasetMeta.fileName) && folder.topFolder("Images") != nil
      && folder.topFolder("Masks") != nil
  }

  /// The pictures that have masks.
  ///
  /// - Throws: `DatasetError.unsupportedFormat` without the folders, `invalidAnnotation` for a damaged
  ///   dataset_meta.json, `noImages` if no picture has a mask.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard let images = folder.topFolder("Images"), let masks = folder.topFolder("Masks"),
      let meta = try DatasetMeta(in: folder)
    else {
      throw DatasetError(
        .unsupportedFormat, "the folder has no Images, Masks and dataset_meta.json, as the format \(name) wants",
        remedy: "name the folder that has them, or leave format: out", file: folder.root)
    }
    let encoding: ClassMask.Encoding = meta.colors.isEmpty ? .grey : .colors(meta.colors)
    let pairs = folder.matched(images, masks, missing: "mask")
    let samples = pairs.found.map { image, mask in
      Sample(path: image, annotation: Annotation(mask: ClassMask(path: mask, encoding: encoding)))
    }
    guard !samples.isEmpty else {
      throw DatasetError(.noImages, "no picture in \(images) has a mask of its name in \(masks)", file: folder.root)
    }
    return DatasetContents(samples: samples, problems: pairs.problems, labels: meta.labels)
  }
}
