import Datasets
import Foundation
import Testing

@Suite struct PascalVOCDatasetTests {
  private static func annotation(_ objects: String, size: String = "<size><width>100</width><height>80</height></size>")
    -> String
  {
    "<?xml version=\"1.0\"?>\n<annotation>\n<filename>x</filename>\n\(size)\n\(objects)\n</annotation>\n"
  }

  private static func object(_ name: String, _ box: [String], difficult: Int = 0) -> String {
    let edges = zip(["xmin", "ymin", "xmax", "ymax"], box).map { "<\($0)>\($1)</\($0)>" }.joined()
    return "<object><name>\(name)</name><difficult>\(difficult)</difficult><bndbox>\(edges)</bndbox></object>"
  }

  private func folder(_ home: String = "VOCdevkit/VOC2012/") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: home + "JPEGImages/2007_000001.png", home + "JPEGImages/2007_000002.png")
    try folder.write(
      Self.annotation(
        Self.object("dog", ["10", "20.5", "30", "40"]) + "\n"
          + Self.object("person", ["1", "2", "3", "4"], difficult: 1)),
      to: home + "Annotations/2007_000001.xml")
    try folder.write(Self.annotation(""), to: home + "Annotations/2007_000002.xml")
    try folder.write("2007_000001\n2007_000002\n", to: home + "ImageSets/Main/val.txt")
    return folder
  }

  @Test(arguments: ["", "VOC2007/", "VOCdevkit/VOC2012/"])
  func `Boxes are read wherever the three folders lie`(_ home: String) throws {
    let folder = try folder(home)
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.format == "voc" && dataset.problems.isEmpty && dataset.isAnnotated && !dataset.hasClassIndices)
    #expect(dataset.samples.map(\.path) == [home + "JPEGImages/2007_000001.png", home + "JPEGImages/2007_000002.png"])
    #expect(
      dataset.samples[0].annotation?.objects == [
        AnnotatedObject(classIndex: 12, box: BoundingBox(left: 9, top: 19.5, right: 29, bottom: 39)),
        AnnotatedObject(classIndex: 15, box: BoundingBox(left: 0, top: 1, right: 2, bottom: 3), isDifficult: true),
      ])
    #expect(dataset.samples[1].annotation?.objects == [])
    #expect(dataset.labels?.count == 21 && dataset.labels?[12] == "dog" && dataset.labels?[0] == "background")
    #expect(dataset.tasks.prefix(1) == [.objectDetection])
  }

  @Test func `The first list of val, test, train and trainval counts`() throws {
    let folder = try folder()
    try folder.write("2007_000002\n", to: "VOCdevkit/VOC2012/ImageSets/Main/test.txt")
    #expect(try Dataset(openingFolder: folder.path).samples.count == 2)
    try FileManager.default.removeItem(atPath: folder.path + "/VOCdevkit/VOC2012/ImageSets/Main/val.txt")
    #expect(try Dataset(openingFolder: folder.path).samples.map(\.fileName) == ["2007_000002.png"])
  }

  @Test func `Bad annotations are named with file and line, and the rest is used`() throws {
    let folder = try TemporaryFolder()
    for number in 1...5 { try folder.addPicture(as: "JPEGImages/\(number).png") }
    try folder.write(
      Self.annotation(
        [
          Self.object("dog", ["10", "20", "30", "40"]), Self.object("dragon", ["10", "20", "30", "40"]),
          Self.object("cat", ["30", "20", "10", "40"]), Self.object("cat", ["100", "20", "130", "40"]),
          Self.object("cat", ["x", "20", "130", "40"]), "<object><difficult>0</difficult></object>",
        ].joined(separator: "\n")), to: "Annotations/1.xml")
    try folder.write("<annotation>\n<object>\n", to: "Annotations/2.xml")
    try folder.write("<annotation><object></wrong></annotation>", to: "Annotations/3.xml")
    try folder.write("", to: "Annotations/4.xml")
    try folder.write("1\n2\n3\n4\n5\n6\n1\n", to: "ImageSets/Main/val.txt")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.samples.count == 5)
    #expect(dataset.samples[0].annotation?.objects?.map(\.classIndex) == [12])
    #expect(
      dataset.problems.map(\.description) == [
        "Annotations/1.xml:6: has an object “dragon”, which is no class of the dataset; dataset_meta.json can name others",
        "Annotations/1.xml:7: has a box without area, of an object “cat”",
        "Annotations/1.xml:8: has a box outside of the picture, of an object “cat”",
        "Annotations/1.xml:9: has an object “cat” without a box of four numbers",
        "Annotations/1.xml:10: has an object without a name",
        "Annotations/2.xml: line 3 does not end <object>, begun in line 2; check that the file is XML and whole",
        "Annotations/3.xml: line 1 ends <object>, begun in line 1, with </wrong>; check that the file is XML and whole",
        "Annotations/4.xml: the file is empty", "Annotations/5.xml: is not there",
        "ImageSets/Main/val.txt:6: names “6”, which is not in JPEGImages",
        "ImageSets/Main/val.txt:7: names “1” again",
      ])
  }

  /// The first entries of the development kit's table of colours.
  @Test func `Masks have the colours of the development kit`() throws {
    let folder = try folder()
    try folder.addPicture(as: "VOCdevkit/VOC2012/SegmentationClass/2007_000001.png")
    let mask = try #require(try Dataset(openingFolder: folder.path).samples[0].annotation?.mask)
    let colors: [[UInt8]] = [
      [0, 0, 0], [128, 0, 0], [0, 128, 0], [128, 128, 0], [64, 0, 0], [0, 64, 128], [224, 224, 192],
    ]
    let image = try Image(size: ImageSize(width: 7, height: 1), pixels: colors.flatMap(\.self))
    #expect(try mask.classes(of: image) == [0, 1, 2, 3, 8, 20, 255])
    let other = try Image(size: ImageSize(1), pixels: [1, 2, 3])
    #expect(try mask.classes(of: other) == [ClassMask.ignored])
  }

  @Test func `Entities are not expanded, references to characters are`() throws {
    let folder = try folder("")
    let text = """
      <!DOCTYPE annotation [<!ENTITY a "dog">]>
      <annotation><!-- <object> --><object a='>'><name><![CDATA[do]]>&#x67;</name>
      <bndbox><xmin>1</xmin><ymin>2</ymin><xmax>&#51;</xmax><ymax> 4 </ymax></bndbox></object>
      <object><name>&a;</name></object></annotation>
      """
    try folder.write(text, to: "Annotations/2007_000001.xml")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(
      dataset.samples[0].annotation?.objects == [
        AnnotatedObject(classIndex: 12, box: BoundingBox(left: 0, top: 1, right: 2, bottom: 3))
      ])
    #expect(dataset.problems.map(\.line) == [4])
  }
}
