/// Common super-resolution: small pictures, and large ones of the same names that a model should make of them.
public enum SuperResolutionDataset: DatasetFormat {
  /// What users call the format.
  public static let name = "common_super_resolution"
  /// The name as the field writes it.
  public static let title = "Common Super-Resolution"
  /// What such a folder looks like.
  public static let summary = "LR and HR with pictures of the same names"
  /// As the pictures are stored.
  public static let orientation = PictureOrientation.stored

  /// Whether both folders are there.
  public static func recognises(_ folder: ImageFolder) -> Bool {
    folder.topFolder("LR") != nil && folder.topFolder("HR") != nil
  }

  /// The small pictures that have a large one.
  ///
  /// - Throws: `DatasetError.unsupportedFormat` without the folders, `noImages` if no names are the same.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard let low = folder.topFolder("LR"), let high = folder.topFolder("HR") else {
      throw DatasetError(
        .unsupportedFormat, "the folder has no LR and HR, as the format \(name) wants",
        remedy: "name the folder that has them, or leave format: out", file: folder.root)
    }
    let pairs = folder.matched(low, high, missing: "target")
    guard !pairs.found.isEmpty else {
      throw DatasetError(.noImages, "no picture in \(low) has one of its name in \(high)", file: folder.root)
    }
    return DatasetContents(
      samples: pairs.found.map { Sample(path: $0, annotation: Annotation(targetPath: $1)) }, problems: pairs.problems)
  }
}
