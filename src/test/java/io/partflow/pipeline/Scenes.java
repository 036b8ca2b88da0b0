package io.partflow.pipeline;

import io.partflow.engine.content.Part;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/// Pictures of scenes, each slightly different from the others of its scene. Stateless.
final class Scenes {
    private Scenes() {}

    static Part picture(int scene, int noise) throws IOException {
        BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Random random = new Random(scene);
        for (int i = 0; i < 8; i++) {
            graphics.setColor(new Color(random.nextInt(0xffffff)));
            graphics.fillRect(random.nextInt(96), random.nextInt(96), 20 + random.nextInt(50), 20 + random.nextInt(50));
        }
        graphics.dispose();
        image.setRGB(noise % 96, (noise / 96) % 96, noise * 7_919);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return Part.blob(out.toByteArray(), "image/png");
    }
}
