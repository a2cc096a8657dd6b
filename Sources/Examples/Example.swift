import FoundationEssentials

/// An embedded example: a model, how its pictures are prepared, and pictures to try it on.
public struct Example: Sendable, Hashable {
  /// What the model does.
  public enum Kind: String, Sendable, Decodable {
    case classification, detection, segmentation
    case superResolution = "super-resolution"
  }

  /// A set of pictures that comes with the model.
  public enum Part: String, Sendable, CaseIterable {
    /// Annotated pictures, to judge predictions by.
    case validation
    /// Pictures without annotations, to calibrate with.
    case calibration
  }

  /// How pictures get the size of the model's input, in pixels.
  public enum Resizing: Sendable, Hashable {
    /// The shorter side is scaled, and a square is cut from the middle.
    case shorterSide(Int, crop: Int)
    /// Width and height, whatever they were.
    case stretch(width: Int, height: Int)
  }

  /// The name under which it is asked for.
  public let name: String
  /// The folder of the example.
  public let folder: String
  public let kind: Kind
  /// The path of the model file.
  public let modelPath: String
  /// The path of the list of class names; nil where there are no classes.
  public let labelsPath: String?
  /// The order of the channels, `rgb` or `bgr`.
  public let channels: String
  /// What is subtracted from every sample.
  public let mean: Double
  /// What every difference is divided by.
  public let scale: Double
  public let resizing: Resizing
  private let pictures: [Part: String]

  /// The folder of a set of pictures.
  public func picturesPath(_ part: Part) -> String { pictures[part] ?? folder }

  /// Reads the example in a folder.
  ///
  /// - Throws: `ExampleError.damaged` if a file of it is missing or the manifest cannot be read.
  init(name: String, folder: String) throws(ExampleError) {
    let manifestPath = folder + "/manifest.json"
    guard let data = FileManager.default.contents(atPath: manifestPath),
      let manifest = try? JSONDecoder().decode(ExampleManifest.self, from: data),
      let resizing = Resizing(manifest.preprocessing)
    else {
      throw ExampleError(
        .damaged, "the manifest of the example \(name) cannot be read: \(manifestPath)",
        remedy: "install Octet again, or fetch the file again")
    }
    self.name = name
    self.folder = folder
    self.resizing = resizing
    kind = manifest.kind
    modelPath = "\(folder)/\(manifest.model.file)"
    labelsPath = manifest.labels == nil ? nil : folder + "/labels.txt"
    channels = manifest.preprocessing.channels
    mean = manifest.preprocessing.mean
    scale = manifest.preprocessing.scale
    var pictures: [Part: String] = [:]
    for part in Part.allCases {
      pictures[part] = "\(folder)/\(manifest.datasets[part.rawValue]?.folder ?? part.rawValue)"
    }
    self.pictures = pictures
    let files = [modelPath, labelsPath].compactMap(\.self).filter { !InstalledFiles.isFile($0) }
    let folders = Part.allCases.map(picturesPath).filter { !InstalledFiles.isFolder($0) }
    if let missing = (files + folders).first {
      throw ExampleError(
        .damaged, "a part of the example \(name) is missing: \(missing)",
        remedy: "install Octet again, or fetch it again")
    }
  }
}

extension Example.Resizing {
  fileprivate init?(_ preprocessing: ExampleManifest.Preprocessing) {
    if let size = preprocessing.size, size.count == 2 {
      self = .stretch(width: size[0], height: size[1])
    } else if let resize = preprocessing.resize, let crop = preprocessing.crop {
      self = .shorterSide(resize, crop: crop)
    } else {
      return nil
    }
  }
}
