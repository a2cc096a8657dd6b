public import Datasets
public import Documents

/// One picture of a dataset.
public struct PictureReport: Report {
  private let sample: Sample
  private let size: ImageSize
  private let picture: Picture?
  private let labels: Labels?

  /// Shows a sample, with the boxes and the mask of its annotation where its dataset is known.
  public init(_ sample: Sample, image: Image, of dataset: Dataset? = nil, labels: Labels?) {
    self.sample = sample
    self.labels = labels
    size = image.size
    picture = Picture(dataset.map { AnnotatedPicture.draw(sample, image, of: $0) } ?? image, fitting: 448)
  }

  /// The picture with its size and annotation.
  public var document: Document { Document(blocks: gallery.map { [.gallery($0)] } ?? []) }

  /// The picture.
  public var gallery: ImageGrid? {
    ImageGrid(cards: [PictureCard(caption: sample.path, picture: picture, note: note)], columnCount: 1)
  }

  /// Path, size and annotation.
  public var data: DataValue {
    [
      "image": .string(sample.path), "width": .integer(size.width), "height": .integer(size.height),
      "class": sample.classIndex.map(DataValue.integer) ?? .null,
    ]
  }

  private var note: String {
    let annotation = SampleNote.text(sample, ClassNames(labels))
    return "\(size) pixels\(annotation.isEmpty ? "" : ", ")\(annotation)"
  }
}
