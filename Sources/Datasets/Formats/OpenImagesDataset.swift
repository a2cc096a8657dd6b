/// Open Images: pictures, a table of boxes in fractions of the picture, and a table of the classes' names.
public enum OpenImagesDataset: DatasetFormat {
  /// What users call the format.
  public static let name = "open_images"
  /// The name as the field writes it.
  public static let title = "Open Images"
  /// What such a folder looks like.
  public static let summary = "pictures, a .csv of boxes (13 columns) and one of class descriptions (2 columns)"
  /// As the pictures are stored.
  public static let orientation = PictureOrientation.stored

  private static let header = "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax"

  /// Whether both tables are there.
  public static func recognises(_ folder: ImageFolder) -> Bool { tables(in: folder) != nil }

  /// The pictures that have boxes.
  ///
  /// - Throws: `DatasetError.unsupportedFormat` without the tables, `noImages` if none of the pictures is there.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard let (boxes, classes) = tables(in: folder) else {
      throw DatasetError(
        .unsupportedFormat,
        "the folder has no table of boxes and of class descriptions, as the format open_images wants",
        remedy: "add both as .csv files, or leave format: out", file: folder.root)
    }
    var problems: [DatasetProblem] = []
    var (indices, names): ([String: Int], [ClassLabel]) = ([:], [])
    for (number, line) in try folder.lines(of: classes).enumerated() where !line.trimmed.isEmpty {
      let fields = CommaSeparatedLine.fields(of: line)
      guard fields.count == 2, !fields[0].isEmpty, indices[fields[0]] == nil else {
        let reason = fields.count == 2 ? "names the class “\(fields[0])” again" : "is not of the form “label,name”"
        problems.append(DatasetProblem(path: classes, line: number + 1, reason: reason))
        continue
      }
      if fields[0] == "LabelName" { continue }
      indices[fields[0]] = names.count
      names.append(ClassLabel(fullName: fields[1].isEmpty ? fields[0] : fields[1]))
    }
    let images = Dictionary(
      folder.images.map { ($0.split(separator: "/").last.map { String($0).stem } ?? $0, $0) },
      uniquingKeysWith: { first, _ in first })
    var objects: [String: [AnnotatedObject]] = [:]
    for (number, line) in try folder.lines(of: boxes).enumerated().dropFirst() where !line.trimmed.isEmpty {
      let fields = CommaSeparatedLine.fields(of: line)
      do throws(Fault) {
        let object = try Self.object(fields, indices)
        guard let image = images[fields[0]] else {
          throw Fault(reason: "names the picture “\(fields[0])”, which is not in the folder")
        }
        objects[image, default: []].append(object)
      } catch {
        problems.append(DatasetProblem(path: boxes, line: number + 1, reason: error.reason))
      }
    }
    guard !objects.isEmpty else {
      throw DatasetError(
        .noImages, "no line of \(boxes) is of a picture in the folder" + (problems.first.map { " (\($0))" } ?? ""),
        file: folder.root)
    }
    return DatasetContents(
      samples: objects.map { Sample(path: $0.key, annotation: Annotation(objects: $0.value)) }, problems: problems,
      labels: Labels(classes: names))
  }

  private struct Fault: Error { let reason: String }

  private static func object(_ fields: [String], _ indices: [String: Int]) throws(Fault) -> AnnotatedObject {
    let edges = fields.count >= 8 ? fields[4..<8].compactMap { Double($0) } : []
    guard edges.count == 4 else { throw Fault(reason: "has no four edges of a box") }
    guard let index = indices[fields[2]] else {
      throw Fault(reason: "has the class “\(fields[2])”, which has no description")
    }
    let box = BoundingBox(left: edges[0], top: edges[2], right: edges[1], bottom: edges[3])
    if let fault = box.fault(width: 1, height: 1) { throw Fault(reason: fault) }
    return AnnotatedObject(
      classIndex: index, box: box, isBoxRelative: true, isCrowd: fields.count > 10 && fields[10] == "1")
  }

  private static func tables(in folder: ImageFolder) -> (boxes: String, classes: String)? {
    var (boxes, classes): (String?, String?) = (nil, nil)
    for path in folder.documents where path.lowercased().hasSuffix(".csv") {
      guard let line = RegularFile.firstLine(atPath: folder.root + "/" + path) else { continue }
      if line.hasPrefix(header) {
        boxes = boxes ?? path
      } else if CommaSeparatedLine.fields(of: line).count == 2 {
        classes = classes ?? path
      }
    }
    guard let boxes, let classes else { return nil }
    return (boxes, classes)
  }
}
