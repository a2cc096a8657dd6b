/// Pictures without annotations: a folder of them, or folders in folders.
public enum NotAnnotatedDataset: DatasetFormat {
  /// What users call the format.
  public static let name = "not_annotated"
  /// The name as the field writes it.
  public static let title = "Not Annotated"
  /// What such a folder looks like.
  public static let summary = "pictures in a folder or in folders below it"

  /// As people see the pictures.
  public static let orientation = PictureOrientation.upright

  /// True, as every folder may hold pictures.
  public static func recognises(_ folder: ImageFolder) -> Bool { true }

  /// All pictures in the folder.
  ///
  /// - Throws: `DatasetError.noImages` if there is none.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard !folder.images.isEmpty else {
      throw DatasetError(
        .noImages, "the folder holds no picture", remedy: "name a folder with JPEG or PNG files", file: folder.root)
    }
    return DatasetContents(samples: folder.images.map { Sample(path: $0) })
  }
}
