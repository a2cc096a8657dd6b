/// The dataset formats that are read.
public enum DatasetCatalog {
  /// The first that recognises a folder reads it; the last recognises every folder.
  public static let all: [any DatasetFormat.Type] = [
    PascalVOCDataset.self,
    COCODataset.self,
    SegmentationDataset.self,
    SuperResolutionDataset.self,
    CityscapesDataset.self,
    WiderFaceDataset.self,
    OpenImagesDataset.self,
    VGGFace2Dataset.self,
    LFWDataset.self,
    ImageNetDataset.self,
    NotAnnotatedDataset.self,
  ]

  /// The name of a format as the field writes it.
  public static func title(ofFormat name: String) -> String { all.first { $0.name == name }?.title ?? name }

  /// The format of that name, or the one that recognises the folder.
  static func format(of folder: ImageFolder, named name: String?) throws(DatasetError) -> any DatasetFormat.Type {
    if let name {
      guard let format = all.first(where: { $0.name == name.lowercased() }) else {
        throw DatasetError(
          .unsupportedFormat, "there is no dataset format “\(name)”",
          remedy: "the formats are \(all.map { $0.name }.joined(separator: ", "))")
      }
      return format
    }
    return all.first { $0.recognises(folder) } ?? NotAnnotatedDataset.self
  }
}
