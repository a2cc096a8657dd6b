/// COCO: one JSON file with pictures, categories, boxes and outlines.
///
/// Lin et al.: Microsoft COCO: Common Objects in Context. Categories are numbered anew from 0 on in the order of their ids.
public enum COCODataset: DatasetFormat {
  /// What users call the format.
  public static let name = "coco"
  /// The name as the field writes it.
  public static let title = "COCO"
  /// What such a folder looks like.
  public static let summary = "pictures and annotations/instances_*.json"
  /// As the pictures are stored.
  public static let orientation = PictureOrientation.stored

  /// Whether a JSON file has pictures and annotations.
  public static func recognises(_ folder: ImageFolder) -> Bool { annotationFile(in: folder) != nil }

  /// The pictures of the JSON file.
  ///
  /// - Throws: `DatasetError.unsupportedFormat` without such a file, `invalidAnnotation` where it is no JSON, `noImages`
  ///   if none of its pictures is there.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard let path = annotationFile(in: folder) else {
      throw DatasetError(
        .unsupportedFormat, "the folder has no JSON file with images and annotations, as the format coco wants",
        remedy: "add annotations/instances_val.json, or leave format: out", file: folder.root)
    }
    var file = COCOFile(path: path)
    try file.read(RegularFile.bytes(atPath: folder.root + "/" + path))
    return try file.contents(in: folder)
  }

  /// The file with the boxes, that of the validation set where there are several.
  private static func annotationFile(in folder: ImageFolder) -> String? {
    let files = folder.documents.filter { $0.lowercased().hasSuffix(".json") && !$0.hasSuffix(DatasetMeta.fileName) }
    func rank(_ path: String) -> Int {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return (name.hasPrefix("instances") ? 0 : 2) + (name.contains("val") ? 0 : 1)
    }
    return files.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
      .first { hasBoth($0, in: folder) }
  }

  private static func hasBoth(_ path: String, in folder: ImageFolder) -> Bool {
    guard let bytes = try? RegularFile.bytes(atPath: folder.root + "/" + path) else { return false }
    var reader = JSONReader(bytes, file: path)
    guard reader.next() == UInt8(ascii: "{") else { return false }
    var keys: Set<String> = []
    try? reader.object { (key, reader) throws(DatasetError) in
      keys.insert(key)
      try reader.skip()
    }
    return keys.isSuperset(of: ["images", "annotations"])
  }
}
