package org.quantumhub.system;

import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.event.container.AfterStart;
import org.jboss.arquillian.container.spi.event.container.AfterStop;
import org.jboss.arquillian.container.spi.event.container.BeforeStart;
import org.jboss.arquillian.container.spi.event.container.BeforeStop;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;

/// Makes Arquillian deploy the EAR that Maven built once, for all stories, on a server beside its own database.
public final class HubExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        // arquillian.xml, which is read after this, names what is chosen here
        RunningHub.hub().choosePlace();
        builder.observer(Life.class);
    }

    /// What happens around the life of the server.
    static final class Life {

        void prepare(@Observes BeforeStart event) {
            RunningHub.hub().prepare();
        }

        void deploy(@Observes AfterStart event) throws DeploymentException {
            event.getDeployableContainer().deploy(ear());
        }

        void undeploy(@Observes BeforeStop event) throws DeploymentException {
            event.getDeployableContainer().undeploy(ear());
        }

        void close(@Observes AfterStop event) {
            RunningHub.hub().close();
        }

        private static EnterpriseArchive ear() {
            return ShrinkWrap.create(ZipImporter.class, "quantum-hub.ear")
                    .importFrom(Project.folder()
                            .resolve("ear/target/quantum-hub.ear")
                            .toFile())
                    .as(EnterpriseArchive.class);
        }
    }
}
