import Datasets
import Testing

@Suite struct COCODatasetTests {
  @Test func `Boxes, outlines and categories are read`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "val2017/a.png", "val2017/b.png", "train2017/a.png")
    try folder.write(
      """
      {"info": {}, "licenses": [], "images": [
        {"id": 7, "file_name": "a.png", "width": 12, "height": 12},
        {"id": 9, "file_name": "b.png", "width": 12, "height": 12}],
       "categories": [{"id": 90, "name": "toothbrush"}, {"id": 2, "name": "bicycle"}],
       "annotations": [
        {"id": 1, "image_id": 7, "category_id": 90, "bbox": [1, 2, 3.5, 4], "area": 9.25, "iscrowd": 0,
         "segmentation": [[1, 2, 4.5, 2, 4.5, 6]]},
        {"id": 2, "image_id": 7, "category_id": 2, "bbox": [0, 0, 4, 4], "iscrowd": 1,
         "segmentation": {"counts": [2, 3, 11], "size": [4, 4]}}]}
      """, to: "annotations/instances_val2017.json")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.format == "coco" && dataset.problems.isEmpty)
    #expect(dataset.samples.map(\.path) == ["val2017/a.png", "val2017/b.png"])
    #expect(dataset.labels?.classes.map(\.name) == ["bicycle", "toothbrush"])
    let points = [ImagePoint(x: 1, y: 2), ImagePoint(x: 4.5, y: 2), ImagePoint(x: 4.5, y: 6)]
    #expect(
      dataset.samples[0].annotation?.objects == [
        AnnotatedObject(
          classIndex: 1, box: BoundingBox(left: 1, top: 2, right: 4.5, bottom: 6), outline: .polygons([points]),
          area: 9.25),
        AnnotatedObject(
          classIndex: 0, box: BoundingBox(left: 0, top: 0, right: 4, bottom: 4),
          outline: .runs([2, 3, 11], size: ImageSize(4)), isCrowd: true),
      ])
    #expect(dataset.samples[1].annotation?.objects == [])
    #expect(dataset.tasks.prefix(2) == [.objectDetection, .instanceSegmentation])
  }

  /// What pycocotools 2 makes of a mask of 20 x 12 pixels with the runs below.
  @Test func `Runs in COCO's text are those that were encoded`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "a.png")
    try folder.write(
      #"""
      {"images": [{"id": 1, "file_name": "a.png"}], "categories": [{"id": 1, "name": "x"}], "annotations": [
        {"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1],
         "segmentation": {"counts": "V1750000LL0440000N5OK300000i1J", "size": [12, 20]}}]}
      """#, to: "a.json")
    let outline = try Dataset(openingFolder: folder.path).samples[0].annotation?.objects?.first?.outline
    #expect(
      outline
        == .runs(
          [38, 7, 5, 7, 5, 7, 5, 3, 1, 3, 5, 7, 5, 7, 5, 7, 3, 12, 2, 7, 5, 7, 5, 7, 5, 7, 62, 1],
          size: ImageSize(width: 20, height: 12)))
  }

  @Test func `Annotations that cannot be used are named with their line`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "a.png")
    try folder.write(
      """
      {"images": [
      {"id": 1, "file_name": "a.png", "width": 12, "height": 12},
      {"id": 2, "file_name": "gone.png"},
      {"id": 1, "file_name": "a.png"},
      {"file_name": "a.png"},
      {"id": 5, "file_name": "a.png"}],
      "categories": [{"id": 1, "name": "cat"},
      {"id": 2}],
      "annotations": [
      {"image_id": 1, "category_id": 1, "bbox": [1, 1, 2, 2]},
      {"image_id": 3, "category_id": 1, "bbox": [1, 1, 2, 2]},
      {"image_id": 1, "category_id": 9, "bbox": [1, 1, 2, 2]},
      {"image_id": 1, "category_id": 1, "bbox": [12, 1, 2, 2]},
      {"image_id": 1, "category_id": 1, "bbox": [1, 1, 0, 2]},
      {"image_id": 1, "category_id": 1, "bbox": [1, 1, 2]},
      {}]}
      """, to: "instances.json")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.samples.count == 1 && dataset.samples[0].annotation?.objects?.count == 1)
    #expect(
      dataset.problems.map(\.description) == [
        "instances.json:4: has the picture 1 again", "instances.json:5: has a picture without id or file_name",
        "instances.json:8: has the category 2 without a name",
        "instances.json:3: names “gone.png”, which is not in the folder", "instances.json:6: names “a.png” again",
        "instances.json:11: annotates the picture 3, which is not listed",
        "instances.json:12: has the category 9, which is not listed",
        "instances.json:13: has a box outside of the picture", "instances.json:14: has a box without area",
        "instances.json:15: has no bbox of four numbers",
        "instances.json:16: annotates the picture of no id, which is not listed",
      ])
  }
}
