package io.partflow.app;

import io.partflow.cli.PictureDrawer;
import io.partflow.cli.PictureRequest;
import io.partflow.pipeline.Problem;
import java.util.List;

/// Draws pictures, and loads what draws only then, so that other commands start without JavaFX.
final class LazyPictures implements PictureDrawer {
    @Override
    public List<String> views() {
        return PictureScene.names();
    }

    @Override
    public List<Problem> draw(PictureRequest request) throws Exception {
        return WorkbenchPictures.draw(request);
    }
}
