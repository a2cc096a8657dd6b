/// Whether the EXIF orientation of a picture file is obeyed.
public enum PictureOrientation: String, Sendable, Hashable, CaseIterable {
  /// Turned as the EXIF orientation says: what people see.
  case upright
  /// Rows and columns as the file holds them. The published accuracies of ImageNet models were measured so: TensorFlow's
  /// decoder and Pillow's `Image.open`, which torchvision uses, do not look at the orientation.
  case stored
}
